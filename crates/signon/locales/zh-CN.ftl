# 接入系统
menu-signon = 统一登录
signon-lead = 本市其他系统用这里的账号登录：不必再记一个密码，人一离岗，各处同时停用。
signon-how = 把这个地址告诉对方：{ $issuer }（OpenID Connect，授权码流程加 PKCE）。
signon-none = 还没有接入系统
    .todo = 登记系统和登录后返回的地址，再把编号和密钥交给对方。
signon-new = 登记系统
    .lead = 除本办自己的系统外，对方得知任何信息之前都先问本人。
signon-edit = 修改
signon-facts = 系统情况
signon-client-id = client_id
signon-issuer = issuer
signon-asks = 首次登录先问本人
signon-asks-yes = 是
signon-asks-no = 否，本办自己的系统
signon-secret-kept = 保管密钥
signon-secret-yes = 是
signon-secret-no = 否，装在个人设备上
signon-never = 从未
signon-between = 、
signon-state-active = 启用
signon-state-stopped = 停用
signon-state-removed = 已移除
signon-learns-profile = 您的姓名
signon-learns-units = 您的单位和角色
signon-learns-same = 您与上次是同一个人（不告知是哪个账号）
signon-learns-nothing = 没有其他信息
signon-entries = 最近登录
signon-entries-none = 还没有人登录过。
signon-outcome-in = 已登录
signon-outcome-not = 未完成
signon-column-number = 编号
signon-column-name = 系统
signon-column-purpose = 用途
signon-column-redirects = 返回地址
signon-column-learns = 得知
signon-column-state = 状态
signon-column-people = 近三十天人数
signon-column-last = 最近使用
signon-column-person = 人员
signon-column-at = 时间
signon-column-outcome = 结果
signon-column-agreed = 同意时间

# 字段
label-signon_name = 名称
    .hint = 例如：城市大脑。
label-signon_purpose = 用途
    .hint = 一句话，本人同意之前会看到。
label-signon_redirects = 登录后返回的地址
    .hint = 每行一个，与对方发来的完全一致：https 地址；装在本机的程序用 http://127.0.0.1。
label-signon_scopes = 可以得知
    .hint = 除“与上次是同一个人”之外。
label-signon_trusted = 不问本人
    .hint = 只用于本办自己的系统。
label-signon_public = 无法保管密钥
    .hint = 装在手机或电脑上的程序。以后不能更改。
field-signon-not-an-address = { $address }：不是完整的地址
field-signon-not-https = { $address }：只能是 https，或 http://127.0.0.1
field-signon-not-plain = { $address }：不能带 # 或密码
field-signon-many = 最多 { $most } 个地址
problem-signon-too-many = 最多登记 { $most } 个系统
    .todo = 请先移除不用的系统。
problem-signon-not-active = 这个系统已停用
    .todo = 请联系账号管理人员。
problem-signon-active = 这个系统正在使用
    .todo = 不需要恢复。
problem-signon-no-secret = 这个系统不保管密钥
    .todo = 如需密钥，请重新登记。

# 操作
signon-renew = 更换密钥
    .lead = 旧密钥立即失效，请马上在对方系统中更换。
    .button = 更换密钥
signon-stop = 停用
    .lead = 不再有人能登录这个系统，已经给它的凭证随即失效。
    .button = 停用
signon-resume = 恢复使用
signon-remove = 移除
    .lead = 永久移除，不再有人能登录这个系统；发生过的事留在日志里。
    .button = 移除
signon-added = 系统已登记
    .lead = 请把下面三项交给对方。
signon-secret-renewed = 密钥已更换
    .lead = 请现在就填到对方系统里。
flash-signon-saved = 已保存。
flash-signon-stopped = 已停用。
flash-signon-resumed = 已恢复使用。
flash-signon-removed = 已移除 { $value }。
flash-signon-withdrawn = 已撤回，对方不会再得知您的信息。

# 登录途中
signon-consent = 登录其他系统
signon-consent-title = { $name }想知道您是谁
signon-consent-who = 您以{ $me }的身份登录。
signon-consent-learns = 它将得知
signon-consent-then = 随后转到 { $host }。您随时可以在“我的账号”中撤回。
signon-consent-yes = 同意并继续
signon-consent-no = 不同意
signon-leaving = 前往{ $name }
signon-go-on = 继续
signon-wrong = 无法这样登录
    .todo = 请回到对方系统，把这里的说明告诉其管理人员。没有向它透露任何信息。
signon-wrong-program = 这里没有这个编号的系统。
signon-wrong-stopped = 这个系统已停用。
signon-wrong-address = 对方要求返回的地址没有在本市登记。

# 本人
signon-mine = 我同意过的系统
    .lead = 撤回后不再告知；对方下次会重新询问。
signon-mine-none = 您还没有同意过
    .todo = 用这里的账号登录其他系统时，会先征得您的同意。
signon-withdraw = 撤回

# 日志
event-signon-added = 登记系统 { $number } { $name }（{ $redirects }）
event-signon-changed = 修改系统 { $number } { $name }（{ $redirects }）
event-signon-secret-renewed = 更换系统 { $number } { $name } 的密钥
event-signon-stopped = 停用系统 { $number } { $name }
event-signon-resumed = 恢复系统 { $number } { $name }
event-signon-removed = 移除系统 { $number } { $name }
event-signon-entered = 登录系统 { $number } { $name }
event-signon-agreed = 同意系统 { $number } { $name } 得知：{ $scopes }
event-signon-withdrawn = 撤回系统 { $number } { $name } 可得知的信息

# 保存期限
keep-signon-entries = 登录其他系统的记录
    .starts = 登录之时
    .goes = 谁登录了哪个系统
