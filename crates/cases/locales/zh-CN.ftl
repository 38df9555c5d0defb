# 菜单
menu-today = 今日
menu-todo = 待办
menu-mine = 我的上报
menu-enter = 上报
menu-cases = 案卷
menu-statistics = 统计
menu-catalogue = 部件和事件目录
search-cases = 案卷

# 状态、来源、阶段
case-state-reported = 待核实
case-state-confirmed = 待立案
case-state-registered = 待派遣
case-state-dispatched = 待处置
case-state-handling = 处置中
case-state-answered = 待核查
case-state-verified = 待结案
case-state-closed = 已结案
case-state-parked = 挂账
case-state-disputed = 确权中
case-state-contested = 复核中
case-state-split = 已拆分
case-state-refused = 不予立案
case-state-merged = 已并案
case-state-voided = 已作废
case-state-open = 未办结（全部）
case-waits-reported = 核实
case-waits-confirmed = 立案
case-waits-registered = 派遣
case-waits-dispatched = 处置
case-waits-handling = 处置
case-waits-answered = 核查
case-waits-verified = 结案
case-waits-closed = 已结案
case-waits-parked = 挂账
case-waits-disputed = 确权
case-waits-contested = 复核
case-waits-split = 已拆分
case-waits-refused = 不予立案
case-waits-merged = 已并案
case-waits-voided = 已作废
case-move-confirm = 核实
case-move-refuse = 不予立案
case-move-register = 立案
case-move-dispatch = 派遣
case-move-receive = 接收
case-move-redispatch = 改派
case-move-return = 回退
case-move-dispute = 申请确权
case-move-rule = 确权
case-move-park = 挂账
case-move-resume = 恢复办理
case-move-answer = 反馈
case-move-pass = 核查通过
case-move-rework = 返工
case-move-close = 结案
case-move-contest = 提出异议
case-move-uphold = 维持结案
case-move-reopen = 重新办理
case-move-split = 拆分
case-move-gather = 汇总
case-move-merge = 并案
case-move-unmerge = 撤销并案
case-move-void = 作废
case-stage-report = 上报
case-stage-register = 核实立案
case-stage-dispatch = 派遣
case-stage-handle = 处置
case-stage-answer = 反馈
case-stage-verify = 核查
case-stage-close = 结案
stage-confirm = 核实
stage-register = 立案
stage-dispatch = 派遣
stage-handle = 处置
stage-verify = 核查
stage-close = 结案
case-due-confirm = 核实时限
case-due-register = 立案时限
case-due-dispatch = 派遣时限
case-due-handle = 处置时限
case-due-verify = 核查时限
case-due-close = 结案时限
source-citizen = 市民随手拍
source-phone = 电话
source-counter = 窗口
source-inspection = 督查
source-patrol = 包街巡查
source-staff = 工作人员
source-instruction = 领导批示
source-transfer = 部门批转
source-hotline = 12345热线转办
source-urban = 数字城管转办
source-web = 网站留言
source-app = 手机应用
source-mail = 信件
source-paper = 纸质表
source-social = 社交媒体
source-import = 批量导入
source-other = 其他渠道
satisfaction-good = 满意
satisfaction-fair = 一般
satisfaction-bad = 不满意
request-kind-extension = 申请延期
request-kind-parking = 申请挂账
request-state-asked = 待审批
request-state-granted = 已同意
request-state-refused = 未同意
request-state-withdrawn = 已撤回
photo-kind-before = 整改前照片
photo-kind-after = 整改后照片
photo-kind-check = 核查照片
item-kind-component = 部件
item-kind-event = 事件
item-kind-all = 全部

# 时限
time-unit-urgent_hour = 紧急工作时
time-unit-working_hour = 工作时
time-unit-working_day = 工作日
time-unit-calendar_day = 自然日
time-urgent_hour = { $count } 个紧急工作时
time-working_hour = { $count } 个工作时
time-working_day = { $count } 个工作日
time-calendar_day = { $count } 个自然日
time-left-urgent_hour = 还剩 { $count } 个紧急工作时
time-left-working_hour = 还剩 { $count } 个工作时
time-left-working_day = 还剩 { $count } 个工作日
time-left-calendar_day = 还剩 { $count } 个自然日
time-left-minutes = 还剩 { $count } 分钟
time-left-today = 今天到期
time-late-urgent_hour = 超时 { $count } 个紧急工作时
time-late-working_hour = 超时 { $count } 个工作时
time-late-working_day = 超时 { $count } 个工作日
time-late-calendar_day = 超时 { $count } 个自然日
time-late-minutes = 超时 { $count } 分钟
time-late-today = 今天超时
time-late-times = 超时 { $count } 倍
time-late-many = 超时 10 倍以上
time-late-now = 已超时
time-closed-on-time = 按期结案
time-closed-late = 超期结案
time-paused = 时限暂停
time-parked-until = 挂账至{ $date }

# 操作
case-verb-time-decision = 审批申请
    .lead = 同意或不同意责任单位的延期、挂账申请。
case-verb-ruling = 确权
    .lead = 确定由哪个单位负责。原单位的时限从停下的地方继续，改换单位则重新计时。
case-verb-contest-decision = 复核
    .lead = 上报人认为没有解决。维持结案，或者退回重新办理。
case-verb-acceptance = 立案并派遣
    .lead = 情况清楚的，核实、立案、派遣一次完成。
case-verb-confirmation = 核实属实
    .lead = 情况属实，属于城市管理范围。确认后转入立案，开始计算立案时限；公众可以在“办理公开”看到这个问题，看不到上报人。
case-verb-registration = 立案
    .lead = 确定类别和立案条件，办理时限由目录给出。
case-verb-dispatch = 派遣
    .lead = 派给一个牵头单位，需要时加配合单位。处置时限从派遣开始计算。
case-verb-redispatch = 改派
    .lead = 派错了单位时改派，请在备注里写明原因。新单位的时限重新计算。
case-verb-answer = 反馈处置结果
    .lead = 写明怎样解决的，附整改后的照片。反馈后时限停止计算，等待核查。
case-verb-receipt = 接收
    .lead = 表示本单位已看到并开始办理。处置时限从派遣时起算，接收后照常计算。
case-verb-verification = 核查通过
    .lead = 由处置单位以外的人核查。现场或照片能看出已经解决的，核查通过。
case-verb-rework = 返工
    .lead = 没有解决的退回原单位，时限从反馈时停下的地方继续。
case-verb-closure = 结案
    .lead = 结案后上报人可以评价，并可以在规定的天数内提出一次异议。
case-verb-refusal = 不予立案
    .lead = 不属实，或不属于城市管理范围。上报人会看到您写的理由。
case-verb-extension-request = 申请延期
    .lead = 写明需要多少时间和理由，由文明办审批。
case-verb-parking-request = 申请挂账
    .lead = 暂时解决不了的，写明理由和到什么时候再办，由文明办审批。
case-verb-request-withdrawal = 撤回申请
    .lead = 撤回后不再审批，处置时限照原来的计算。
case-verb-return = 回退
    .lead = 不属于本单位的，写明理由退回派遣员。回退次数会记录。
case-verb-dispute = 申请确权
    .lead = 对责任归属有争议的，写明应由谁负责、依据是什么。确权期间时限暂停。
case-verb-resumption = 恢复办理
    .lead = 挂账到此为止，案卷回到责任单位继续处置。处置时限从停下的地方接着计算，责任单位会收到消息。
case-verb-supervision = 催办督办
    .lead = 向责任单位发出有编号的文书。督办函和约谈通知由另一人签发后发出。
case-verb-correction = 更正
    .lead = 更正标题、类别、位置。派遣以后不能再更正。
case-verb-merge = 并案
    .lead = 同一个问题的不同上报并到一个案卷，上报人都会看到主案卷的进展。
case-verb-unmerge = 撤销并案
    .lead = 这个案卷恢复为单独的上报，回到待核实，重新计算核实时限。原来并入的案卷照常办理。
case-verb-split = 拆分
    .lead = 一次上报里有几个问题、要几个单位处理的，拆成 2 至 6 个案卷。全部办完后原案卷自动办结。
case-verb-parking = 挂账
    .lead = 暂时解决不了的，写明理由和到什么时候再办。挂账期间时限暂停。
case-verb-voiding = 作废
    .lead = 录入错误的作废。作废不能撤销，请写明原因。
case-decision-grant = 同意
case-decision-refuse = 不同意
case-decision-uphold = 维持结案
case-decision-reopen = 重新办理
case-request-extension = { $unit }申请延期{ $what }。理由：{ $why }
case-request-parking = { $unit }申请{ $what }。理由：{ $why }
flash-case-time-decision = 已作出决定，并告知责任单位。
flash-case-ruling = 已确权。
flash-case-contest-decision = 已作出复核决定。
flash-case-acceptance = { $value } 已立案并派遣。
flash-case-confirmation = 已核实属实。
flash-case-registration = 已立案。
flash-case-dispatch = { $value } 已派遣，并告知责任单位。
flash-case-answer = 已反馈，等待核查。时限已停止计算。
flash-case-receipt = 已接收。
flash-case-verification = 核查通过。
flash-case-rework = 已退回返工，并告知责任单位。
flash-case-closure = 已结案。
flash-case-refusal = 已按不予立案处理。
flash-case-extension-request = 已提出延期申请。
flash-case-parking-request = 已提出挂账申请。
flash-case-request-withdrawal = 已撤回申请。
flash-case-return = { $value } 已回退。
flash-case-dispute = 已申请确权，时限暂停。
flash-case-resumption = 已恢复办理，时限继续计算。
flash-case-supervision = 已提出。需要签发的，等另一人签发后发出。
flash-case-correction = 已更正。
flash-case-merge = 已并案。
flash-case-unmerge = 已撤销并案，请重新核实。
flash-case-split = 已拆分。
flash-case-parking = 已挂账，时限暂停。
flash-case-voiding = 已作废。
flash-case-entered = 已录入，案卷号 { $value }。
flash-case-rated = 谢谢您的评价。
flash-case-contested = 已收到您的异议，我们会复核并在这里答复。
flash-case-followed = 已记下，有进展会告诉您。
flash-catalogue-published = 目录“{ $value }”已启用。
flash-catalogue-limit-set = 时限已保存。
flash-catalogue-limits-confirmed = 已确认 { $value } 项时限。
flash-catalogue-name-mapped = 名称对应已保存。
flash-catalogue-item-saved = 已保存。

# 经过
event-case-reported = { $source ->
    [citizen] 市民通过随手拍上报
    [phone] 电话上报，工作人员录入
    [counter] 窗口上报，工作人员录入
    [paper] 纸质表交回，扫描后自动生成
    [inspection] 督查发现并上报
    [patrol] 包街巡查发现并上报
    [instruction] 领导批示，工作人员录入
    [transfer] 部门批转，工作人员录入
    [import] 批量导入
   *[staff] 工作人员上报
 }{ $photo-count ->
    [0] 。
   *[other] ，附照片 { $photo-count } 张。
 }
event-case-imported = 从“{ $system }”导入，原编号 { $outside }。
event-case-caller-looked-up = 按上报人的电话查找了案卷（号码标记 { $caller }）
event-case-import-started = 开始从“{ $system }”导入案卷。
event-case-part-made = 由 { $number } 拆分而来。
event-case-corrected = 更正了标题、类别或位置。
event-case-transcribed = 录入了纸质表上手写的内容。
event-case-confirmed = 核实属实。
event-case-refused = 经核实，不予立案。
event-case-registered = 立案，类别：{ $item }。
event-case-dispatched = 派遣给{ $unit }{ $assisting-count ->
    [0] {""}
   *[other] ，另有 { $assisting-count } 个配合单位
 }{ $limit-unit ->
    [urgent_hour] ，时限 { $amount } 个紧急工作时。
    [working_hour] ，时限 { $amount } 个工作时。
    [working_day] ，时限 { $amount } 个工作日。
    [calendar_day] ，时限 { $amount } 个自然日。
   *[none] 。
 }
event-case-redispatched = 改派给{ $unit }{ $limit-unit ->
    [urgent_hour] ，时限 { $amount } 个紧急工作时。
    [working_hour] ，时限 { $amount } 个工作时。
    [working_day] ，时限 { $amount } 个工作日。
    [calendar_day] ，时限 { $amount } 个自然日。
   *[none] 。
 }
event-case-dispatched-by-rule = 按分派规则 { $rule }（第 { $edition } 版）“{ $name }”自动派遣。
event-case-received = 责任单位已接收，开始处置。
event-case-answered = 责任单位反馈处置结果{ $photo-count ->
    [0] ，没有附照片。
   *[other] ，附整改后照片 { $photo-count } 张。
 }
event-case-returned = 责任单位认为不属于本单位，回退。
event-case-disputed = 责任单位申请确权，时限暂停。
event-case-ruled = 确权：由{ $unit }负责。
event-case-parked = 挂账至{ $until }，时限暂停。
event-case-resumed = 恢复办理，时限继续计算。
event-case-passed = 核查通过。
event-case-rework = 核查未通过，退回返工。
event-case-closed = { $on-time ->
    [true] 结案，按期。
    [false] 结案，超期。
   *[other] 结案。
 }
event-case-contested = 上报人提出异议，认为没有解决。
event-case-upheld = 复核后维持结案。
event-case-reopened = 复核后重新办理，时限重新计算。
event-case-rated = { $verdict ->
    [good] 上报人评价：满意。
    [fair] 上报人评价：一般。
   *[bad] 上报人评价：不满意。
 }
event-case-remarked = 其他系统补充说明（{ $outside }）。
event-case-heard = { $kind ->
    [urged] 对方催办（{ $order }）。
    [supplemented] 对方补充内容（{ $order }）。
    [changed] 对方修改了工单内容（{ $order }）。
    [withdrawn] 对方撤回工单（{ $order }）。
    [contested] 对方回访不满意（{ $order }）。
    [deadline] 以对方的办理时限为准：{ $until }（{ $order }）。
   *[closed] 对方已结案（{ $order }）。
}
event-case-followed = 又有人关注这个问题。
event-case-mail-left = 上报人留下了邮箱，等待告知。
event-case-split = 拆分为 { $part-count } 个案卷。
event-case-gathered = 拆分出的 { $part-count } 个案卷都已办完。
event-case-merged = 与 { $number } 是同一个问题，并入该案卷。
event-case-unmerged = 撤销并案，重新核实。
event-case-took-in = { $number } 并入本案卷。
event-case-gave-back = { $number } 撤出本案卷。
event-case-voided = 作废。
event-case-reminded = 发出催办通知 { $number }。
event-case-supervision-read = 责任单位签收督办函。
event-case-supervised = 发出督办函 { $number }，要求 { $by } 前答复。
event-case-summoned = 发出约谈通知 { $number }。
event-case-letter-read = 责任单位签收 { $number }。
event-case-letter-answered = 责任单位答复 { $number }。
event-case-letter-withdrawn = { $number } 已撤回。
event-case-time-asked = { $kind ->
    [parking] 责任单位申请挂账至{ $until }。
   *[extension] { $limit-unit ->
        [urgent_hour] 责任单位申请延期 { $amount } 个紧急工作时。
        [working_hour] 责任单位申请延期 { $amount } 个工作时。
        [working_day] 责任单位申请延期 { $amount } 个工作日。
       *[calendar_day] 责任单位申请延期 { $amount } 个自然日。
     }
 }
event-case-time-granted = { $kind ->
    [parking] 同意挂账。
   *[extension] 同意延期。
 }
event-case-time-refused = { $kind ->
    [parking] 不同意挂账。
   *[extension] 不同意延期。
 }
event-case-time-withdrawn = 责任单位撤回了申请。
event-case-deadline-recomputed = 放假安排公布后重算时限：{ $due }。
event-case-result-recomputed = 放假安排公布后重算时限：{ $due }；改为{ $on-time ->
    [true] 按期结案
   *[other] 超期结案
 }。
event-catalogue-published = 启用目录“{ $name }”，共 { $item-count } 个小类。
event-catalogue-limit-set = 修改了目录的时限。
event-catalogue-limits-confirmed = 确认了目录的 { $count } 项时限。
event-catalogue-name-mapped = 为其他系统的名称指定了类别。
event-catalogue-item-edited = 修改了目录小类。
case-reporter-hidden = 上报人身份对处置单位保密
case-by-citizen = 市民
case-by-program = 系统

# 消息
notice-case-reported = 您负责的路段有新上报：{ $title }（{ $number }）
notice-case-dispatched = 新派来的案卷：{ $title }（{ $number }）
notice-case-rework = 返工：{ $title }（{ $number }）
notice-case-reopened = 重新办理：{ $title }（{ $number }）
notice-case-ruled = 确权结果：{ $title }（{ $number }）由您单位负责
notice-case-resumed = 恢复办理：{ $title }（{ $number }）
notice-case-parked = 已挂账：{ $title }（{ $number }）
notice-case-supervised = 收到督办函：{ $title }（{ $number }）
notice-case-returned = 被回退，请重新派遣：{ $title }（{ $number }）
notice-case-disputed = 请确权：{ $title }（{ $number }）
notice-case-contested = 上报人有异议，请复核：{ $title }（{ $number }）
notice-case-asked-extension = 申请延期，请审批：{ $title }（{ $number }）
notice-case-asked-parking = 申请挂账，请审批：{ $title }（{ $number }）
notice-case-time-granted = 申请已同意：{ $title }（{ $number }）
notice-case-time-refused = 申请未同意：{ $title }（{ $number }）
mail-case-closed =
    您上报或关注的问题（{ $number }：{ $title }）已经结案。

    查看结果：{ $link }

    { $city }精神文明建设指导委员会办公室
    .subject = { $number } 已结案
mail-case-refused =
    您上报或关注的问题（{ $number }：{ $title }）经核实不予立案，理由见：

    { $link }

    { $city }精神文明建设指导委员会办公室
    .subject = { $number } 不予立案
mail-case-dispatched =
    您上报或关注的问题（{ $number }：{ $title }）已经派给责任单位办理。

    查看进展：{ $link }

    { $city }精神文明建设指导委员会办公室
    .subject = { $number } 正在办理
mail-case-upheld =
    您对 { $number }（{ $title }）提出的异议已经复核，答复见：

    { $link }

    { $city }精神文明建设指导委员会办公室
    .subject = { $number } 的复核结果

# 动作（权限表）
cases-report = 上报
cases-enter = 录入上报
cases-view = 查看案卷
cases-view-reporter = 查看上报人
cases-confirm = 核实
cases-register = 立案
cases-dispatch = 派遣
cases-handle = 处置
cases-ask-time = 申请延期或挂账
cases-decide-time = 审批延期和挂账
cases-return = 回退
cases-rule = 确权
cases-verify = 核查
cases-close = 结案
cases-decide-contest = 复核异议
cases-merge = 并案
cases-split = 拆分
cases-void = 作废
cases-supervise = 督办
cases-import = 导入案卷
cases-edit-catalogue = 修改目录
cases-statistics = 查看统计

# 问题
problem-own-work = 不能核查自己单位处置的案卷
    .todo = 请由监督中心或文明办的其他人员核查。
problem-not-now = 案卷 { $what } 现在不能这样操作
    .todo = 请回到案卷页，看看它现在的状态。
problem-already-asked = 已经有一个申请在等待审批
    .todo = 可以先撤回再重新申请。
problem-already-decided = 这件事已经有人处理过了
    .todo = 请刷新页面查看结果。
problem-contested-before = 每个案卷只能提出一次异议
    .todo = 如果问题再次出现，请重新上报。
problem-too-late-to-contest = 结案超过 { $count } 天，不能再提出异议
    .todo = 如果问题仍在，请重新上报。
problem-extensions-used-up = 每个案卷最多延期 { $count } 次
    .todo = 确实办不了的，可以申请挂账。
problem-no-limit = 这个案卷没有处置时限
    .todo = 请先在目录里设置时限，或与派遣员联系。
problem-not-at-unit = 案卷不在责任单位手里
    .todo = 请刷新页面，看看案卷现在的状态。
problem-not-closed = 案卷还没有结案
    .todo = 结案后才能评价。
problem-part-of-a-case = 拆分出来的案卷不能再拆分
    .todo = 可以回到原案卷查看全部部分。
problem-not-by-rule = 已经有人派遣过，规则不再改动
    .todo = 需要改派的，请由派遣员办理。
problem-not-from-paper = 不是由纸质表生成的案卷
    .todo = 请在案卷页面更正。
problem-too-late-to-correct = 已经派遣，不能再更正
    .todo = 需要修改的，请先由责任单位回退。
problem-no-catalogue = 还没有启用部件和事件目录
    .todo = 请先导入目录。
problem-no-unit-suggested = 没有建议单位
    .todo = 请单独派遣，选择责任单位。
problem-nothing-picked = 没有选中案卷
    .todo = 请在列表里勾选后再操作。
problem-too-many-picked = 一次最多处理 { $count } 个案卷
    .todo = 请分几次操作。
problem-file-unreadable = 文件读不出来：{ $what }
    .todo = 请确认是 CSV、XLSX、XLS、ODS 或 JSON 文件，没有加密。
problem-column-missing = 文件里没有需要的列“{ $column }”
    .todo = 请检查表头，或换一个字段对应。
problem-file-too-large = 文件太大，最多 { $megabytes } MB
    .todo = 请缩小后再上传。
problem-idempotency-key-reused = 这个 Idempotency-Key 已用于另一个请求
    .todo = 请换一个新的键。
field-place-needed = 请在地图上点选位置，或写明地址
field-words-or-photo = 请拍一张照片，或写一句话
field-photo-or-told = 请拍一张照片，或者说明是什么问题
field-outside-city = 位置不在本市范围内
field-not-a-place = 经纬度不对
field-photo-or-reason = 请附整改后的照片；确实拍不了的，写明原因
field-too-many-photos = 最多 { $count } 张照片
field-same-unit = 已经是这个单位，请选择其他单位
field-same-case = 不能并入自己
field-case-over = 该案卷已经办结，不能并入
field-no-such-case = 没有这个案卷号
field-no-such-report = 编号和手机号对不上
field-not-a-contact = 请填写手机号或邮箱
field-more-than-limit = 最多 { $max }
field-out-of-range = 超出允许的范围
field-two-to-ten = 请至少填写两个部分
field-before-start = 结束日期早于开始日期
field-changed-meanwhile = 别人刚刚处理过这个案卷。请看它现在的状态；您填的内容还在，仍要提交的，请再按一次
field-column-missing = 文件里没有需要的列“{ $column }”
field-file-unreadable = 文件读不出来：{ $what }
field-bad-mapping = 字段对应写错了：{ $what }

# 表单
label-item_kind = 类型
label-item_code = 小类代码
label-item_name = 小类名称
label-reason = 理由
label-note = 备注
label-text = 处置情况
    .hint = 例如：垃圾已清运，路面已冲洗。
label-letter = 督办要求
label-item = 类别
label-condition = 立案条件
label-lead = 牵头单位
label-assisting = 配合单位
label-ruled-unit = 负责单位
label-after-photos = 整改后照片
    .hint = 请站在整改前照片的位置拍，能看出变化。
label-check-photos = 核查照片（可不拍）
label-no_photo = 没有照片的原因
label-amount = 延长多少
label-until = 到哪一天
label-answer_by = 答复期限
label-into = 并入的案卷号
label-decision = 决定
label-title = 标题
label-address = 地址
label-urgent = 紧急
    .hint = 危及安全的，按紧急处理。
label-kind = 类别
label-description = 情况
label-place = 位置
label-photos = 照片
label-reporter = 姓名
label-phone = 手机号
label-mail = 邮箱
label-source = 从哪里来的
label-receipt = 受理编号
    .hint = 例如 CASE-2026-000412，也可以粘贴查询码。
track-phone = 上报时留的手机号
    .hint = 用查询码时不用填。
label-contact = 手机号或邮箱
    .hint = 只用来告诉您进展，不公开。
label-verdict = 评价
label-parts = 拆分的部分
label-stage = 阶段
label-limit = 时限
label-time_unit = 单位
label-condition_code = 立案条件代码
label-condition_text = 立案条件
    .hint = 只对某种情况设不同时限时填写。
label-default_unit = 默认责任单位
    .hint = 包街台账没有指明时，建议派给它。
label-public = 市民可以选择
    .hint = 在随手拍页面上列出。
label-version_name = 目录名称
label-version_source = 依据
label-system = 来源系统
    .hint = 编号在同一个系统里不重复，例如“12345 热线”。
label-mapping = 字段对应
label-mapping_text = 自己的字段对应（TOML）
label-dry_run = 先试一遍，不写入
    .hint = 看看哪些行不合要求，再正式导入。
label-act = 操作

# 随手拍
report-title = 随手拍
report-lead = 四步，大约一分钟。不用注册，您的身份对处置单位保密。
report-photos = 1. 拍照片
    .hint = 拍清楚问题和周围环境。照片里的位置可以帮我们找到地方。
report-kind = 2. 是什么问题
report-kind-rubbish = 垃圾杂物
report-kind-road = 道路破损
report-kind-parking = 乱停车
report-kind-stall = 占道经营
report-kind-lamp = 路灯不亮
report-kind-stickers = 小广告
report-kind-water = 路面积水
report-kind-clutter = 乱堆乱放
report-other = 其他
report-all-kinds = 全部类别
report-find-kind = 搜索类别
report-other-unknown = 不知道属于哪一类
report-where = 3. 在哪里
    .hint = 点地图放图钉，或者用“我的位置”。
report-sign = 您扫的是：{ $place }
report-locate = 我的位置
report-picked = 已选好位置
report-address = 地址或附近的店名（可不填）
report-outside = 这个位置不在本市范围内。
report-here = 您选的位置：{ $place }
report-near = 附近有 { $count } 个正在办理的问题，是不是同一个？
report-near-line = 距离 { $metres } 米 · { $when }上报 · { $state }
report-me-too = 我也看到了
report-words = 4. 说一句
    .example = 例如：占了盲道，老人过不去
report-contact = 留个联系方式，办好了告诉您
report-privacy = 只用来核实情况和告知结果，不公开，处置单位看不到。
report-send = 提交
done-title = 已收到，谢谢您
done-lead = 我们会尽快核实，并派给负责的单位。
done-receipt = 受理编号
done-next = 核实时限：
done-keep = 用下面的链接随时查看进展。没有留联系方式的，请保存好它。
done-copy = 复制编号
done-copied = 已复制编号
done-open = 查看进展
done-copy-link = 复制链接
done-link-copied = 已复制链接
done-another = 再报一个
track-title = 查进度
track-lead = 用受理编号和上报时留的手机号查询。
track-find = 查询
track-note = 没有留手机号的，请打开提交后给您的链接。
status-merged = 这个问题和别人上报的是同一个，已并入
status-reported = 您反映的问题
status-due = 办理时限
status-promise = { $unit }承诺在{ $time }前办好。
status-verdict = 处理结果您满意吗
status-verdict-send = 提交评价
status-not-fixed = 问题没有解决？
status-contest-hint = { $date }前可以提出一次异议，由另外的人复核。
status-contest-reason = 哪里没有解决
status-contest-send = 提出异议
status-follow = 有进展时告诉我
status-follow-send = 记下邮箱

# 公开
public-cases-title = 办理公开
public-cases-lead = 已核实的问题，谁在办、什么时候办好，都在这里。
public-cases-map = 看地图
public-cases-list = 看列表
public-cases-open = 正在办理
public-cases-solved = 已经解决
public-cases-words = 地点、问题
public-cases-search = 搜索
public-cases-not-found = 没有找到“{ $words }”
    .todo = 换一个词试试，或者看全部问题。没有人报过的，您可以来报。
public-cases-clear = 看全部
public-cases-none = 还没有公开的问题
    .todo = 看到问题，随手一拍，一分钟就能上报。
public-map-title = 问题地图
public-map-lead = 正在办理的问题。点一点看详情。
public-map-list = 列表
public-follow = 我也看到了
public-follow-send = 有进展告诉我
home-cases-reported = 本月上报
    .unit = 件
home-cases-solved = 本月解决
    .unit = 件
home-cases-on-time = 本月按期结案率

# 案卷列表
cases-title = 案卷
cases-new = 新建案卷
cases-new-lead = 替来电、来访的市民录入，或者上报自己看到的问题。
cases-new-save = 录入
cases-all = 全部案卷
cases-back = 回到列表
cases-words = 案卷号、地址、描述
cases-count = 共 { $count } 件
cases-more-filters = 按日期筛选
cases-count-ask = 共多少件？
cases-columns = 选择列
cases-column-on = 已显示
cases-column-off = 未显示
cases-chips = 已选条件
cases-chip-off = 去掉
cases-chips-clear = 清空
cases-none = 没有符合条件的案卷
    .todo = 去掉一些条件再看看。
cases-alike = 可能已经有人上报过
cases-same-caller = 这个电话还有未结的案卷
callers-title = 按电话查案卷
    .lead = 输入上报人留的完整号码，座机加区号。只查得到您有权知道上报人的案卷。
callers-recorded = 查号码就是查人：每次查询都记入日志（不记号码本身）。只为办理案卷使用。
callers-find = 查找
filter-only = 重点
filter-unit = 责任单位
filter-source = 来源
filter-from = 上报日期从
filter-until = 到
filter-item = 类别
filter-section = 路段
filter-mine = 范围
filter-caller = 上报电话
filter-due_from = 处置时限从
filter-due_until = 处置时限到
filter-closed_from = 结案日期从
filter-closed_until = 结案日期到
filter-answered_from = 反馈日期从
filter-answered_until = 反馈日期到
filter-major = 大类
case-mine = 我上报的
case-only-overdue = 已超时
case-only-today = 今天到期
case-only-soon = 24 小时内到期
case-only-urgent = 紧急
case-only-rework = 返工过
case-only-returned = 回退过
case-only-extended = 延期过
case-only-contested = 有异议
case-only-supervised = 督办过
case-only-late = 超期结案
case-only-on-time = 按期结案
case-only-counted = 应结案
case-only-closed = 已结案
case-only-satisfied = 满意
case-only-rated = 已评价
case-only-handled = 已处置
case-column-number = 案卷号
case-column-title = 案卷
case-column-state = 状态
case-column-kind = 类别
case-column-unit = 责任单位
case-column-source = 来源
case-column-reported = 上报时间
case-column-due = 时限
case-column-deadline = 时限
case-column-closed = 结案时间
case-column-result = 结案情况
case-column-handling = 处置时限
case-column-answered = 反馈时间
case-column-rework = 返工次数
case-column-returned = 回退次数
case-column-extended = 延期次数
case-column-contested = 异议次数
case-column-satisfaction = 满意度
case-column-division = 所属社区
case-column-outside = 原编号
bulk-dispatch = 批量派遣
bulk-supervise = 批量督办
bulk-close = 批量结案
bulk-dispatch-lead = { $count } 个案卷将被派遣。确认前不会有任何改变。
bulk-supervise-lead = 将为 { $count } 个案卷各提出一份督办函，签发后发出。确认前不会有任何改变。
bulk-close-lead = { $count } 个案卷将结案。确认前不会有任何改变。
bulk-dispatch-do = 派遣 { $count } 件
bulk-supervise-do = 督办 { $count } 件
bulk-close-do = 结案 { $count } 件
bulk-dispatch-will = 将派遣
bulk-supervise-will = 将督办
bulk-close-will = 将结案
bulk-stays = 不变
bulk-what-changes = 变化
bulk-each-suggested = 按包街台账和目录，各派给建议单位
bulk-no-suggestion = 没有建议
bulk-none-fits = 选中的案卷现在都不能这样操作。
bulk-done = 完成 { $count } 件。
bulk-refused = { $count } 件没有完成，原因如下。

# 案卷页
case-crumbs = 位置
case-copy = 复制案卷号
case-copied = 已复制案卷号
case-print = 打印
case-urgent = 紧急
case-tag-rework = 返工 { $count } 次
case-tag-returned = 回退 { $count } 次
case-tag-extended = 延期 { $count } 次
case-tag-supervised = 督办 { $count } 次
case-tag-followed = { $count } 人关注
case-facts = 基本情况
case-fact-kind = 类别
case-fact-unit = 责任单位
case-fact-assisting = 配合单位
case-fact-suggested = 建议单位
case-fact-address = 地址
case-fact-place = 位置
case-fact-section = 路段
case-fact-division = 社区
case-fact-grid = 单元网格
case-fact-source = 来源
case-fact-limit = 处置时限
case-fact-condition = 立案条件
case-fact-outside = 原系统编号
case-fact-agency = 原系统承办单位
case-fact-reference = 原系统用户
case-fact-satisfaction = 上报人评价
case-fact-description = 问题描述
case-photos = 整改前后
case-no-photos = 没有照片。
case-last-answer = 责任单位的反馈
case-contest-reason = 上报人的异议
case-history = 经过
case-map = 位置
case-more-asides = 还有 { $count } 项提示
case-related = 相关案卷
case-related-main = 并入
case-related-parent = 拆分自
case-related-part = 拆分出
case-related-merged = 并入本案卷
case-related-caller = 同一电话上报
case-near = 附近的未结案卷
case-near-metres = { $metres } 米
case-near-same = 同类
case-near-line = { $number } { $title }（{ $metres } 米，相似度 { $percent }%）
case-near-line-caller = { $number } { $title }（{ $metres } 米，相似度 { $percent }%，同一电话上报）
case-near-caller = 同一电话上报
case-requests = 申请
case-letters = 催办督办文书
case-letter-by = { $time }前答复
case-reporter = 上报人
case-reporter-other = 替别人上报：填写上报人
case-reporter-kept = 仅供核实和告知结果，处置单位看不到。
case-suggested = 建议{ $unit }：{ $ground }
case-suggested-by-register = 包街台账中该路段的责任单位
case-suggested-by-catalogue = 目录中该类别的默认单位
case-condition-usual = 一般情况
case-limit-if-now = 处置时限：{ $limit }。现在派遣，应在{ $time }前反馈。
case-no-photo = 拍不了照片
case-decide = 提交决定
case-no-input = 不用填写，看清后确认。
case-not-fixed = 没有整改到位？
case-merge-near = 附近的未结案卷：
case-part-more = 还有更多部分
case-part-n = 第 { $n } 部分
case-part-same-unit = 同原建议单位
camera-open = 对照整改前拍照
camera-ghost = 调整底图深浅
camera-same-spot = 请在拍整改前照片的同一位置、朝同一方向拍。
camera-shoot = 拍照
camera-close = 关闭相机
photo-checking = { $count } 张照片正在检查，稍后显示
photo-refused = 一张照片没有通过检查
file-fault-not-a-picture = 不是图片
file-fault-picture-too-many-bytes = 图片文件太大
file-fault-picture-too-many-pixels = 图片尺寸太大
file-fault-picture-damaged = 图片已损坏
file-fault-file-damaged = 文件已损坏
file-fault-heic-not-taken = 暂不支持 HEIC 格式，请用 JPEG
file-fault-video-too-large = 视频太大
case-map-text = 地图：案卷位置
case-map-open = 打开案卷
case-map-legend = 图例
case-map-late = 已超时
case-map-soon = 一天内到期
case-map-in-time = 时限内

# 今日、待办
today-morning = { $name }，上午好
today-noon = { $name }，中午好
today-afternoon = { $name }，下午好
today-evening = { $name }，晚上好
today-lead = { $date }。{ $count ->
    [0] 今天没有到期的案卷
   *[other] 今天有 { $count } 件到期
 }，{ $request-count ->
    [0] 没有等待审批的申请。
   *[other] { $request-count } 件申请等待审批。
 }
today-overdue = 已超时
    .unit = 件
today-due = 今天到期
    .unit = 件
today-open = 未办结
    .unit = 件
today-rate = 本月按期结案率
today-rate-of = 应结案 { $count } 件
today-reported = 今天上报
    .unit = 件
today-closed = 今天结案
    .unit = 件
today-waiting = 等我们处理
today-all = 全部 { $count } 件
today-see-all = 看全部
today-nothing-waits = 没有等待处理的案卷。
today-late = 责任单位已超时
today-requests = 等待审批
today-states = 未办结案卷
today-of-late = （超时 { $count }）
today-no-open = 没有未办结的案卷。
today-chart = 近两周上报和结案
today-series-reported = 上报
today-series-closed = 结案
today-date = 日期
chart-table = 看数据表
todo-letters = 催办督办文书 { $count } 件
todo-title = 本单位待办
todo-none = 没有等您处理的案卷
    .todo = 新派来的案卷会出现在这里，并发消息给您。
todo-at-unit = 待处置 { $count } 件
todo-overdue = 有 { $count } 件已超时，请先处理。
todo-nothing-here = 现在没有待处置的案卷。
todo-asked = 已申请，等待审批
todo-coming = 本单位路段上的新上报
todo-answered = 已反馈，等待核查
todo-parked = 挂账和确权中

# 统计
statistics-title = 统计
statistics-lead = 处置时限在{ $from }至{ $until }之间的案卷。
statistics-period = 时间
statistics-this-month = 本月
statistics-last-month = 上月
statistics-this-year = 今年
statistics-from = 时限从
statistics-until = 到
statistics-by = 分组
statistics-by-unit = 按责任单位
statistics-by-item = 按类别
statistics-by-division = 按社区
statistics-name = 名称
statistics-none = 未指定
statistics-total = 合计
statistics-definition = 应结案：处置时限落在所选时间内的案卷，不论何时上报；作废、并案、不予立案的，挂账、确权中、待市民答复的，以及拆分前的原案卷不计入。按期结案：被认可的反馈不晚于处置时限。只比较单位和地方，不比较个人。
statistics-closing-rate = 结案率
statistics-on-time-rate = 按期结案率
statistics-rework-rate = 返工率
statistics-satisfied-rate = 满意率
statistics-column-due = 应结案
statistics-column-closed = 结案
statistics-column-on-time = 按期结案
statistics-column-rework = 返工
statistics-column-returned = 回退
statistics-column-extended = 延期
statistics-column-contested = 异议
statistics-chart = 按期结案率（案卷最多的 12 个）
statistics-nothing = 这段时间没有应结案的案卷
    .todo = 换一个时间再看看。

# 目录
catalogue-title = 部件和事件目录
catalogue-lead = 城市里会出什么问题，每一类给多少时间处理。
catalogue-none = 还没有目录
    .todo = 在下面导入一个目录文件。
catalogue-in-force = 正在使用的目录
catalogue-version = 名称
catalogue-source = 依据
catalogue-since = 启用时间
catalogue-versions = 历次版本
catalogue-usual = 各阶段的一般时限
catalogue-usual-hint = 没有单独规定时限的小类，按这里计算。
catalogue-to-confirm = 有些时限还没有人确认：各阶段一般时限 { $usual-count } 项（系统起始值），各小类时限 { $item-count } 项（某市样例）。时限各市不同，没有全国统一的数字；请逐项核对，确认或改成本市的规定。
catalogue-see-to-confirm = 查看待确认的小类
catalogue-unconfirmed = 待确认
catalogue-mark = （待确认）
catalogue-confirm-usual = 各阶段时限无误，确认
catalogue-confirm-item = 这些时限无误，确认
catalogue-confirm-all = 全部时限（含各阶段）无误，确认
catalogue-nothing = 没有符合条件的小类
catalogue-sample-hint = 标有“待确认”的是样例，还没有人核对过。改动会自动视为确认。
catalogue-set-limit = 设置时限
catalogue-items = 小类
catalogue-item = 小类
catalogue-kind = 部件 / 事件
catalogue-major = 大类
catalogue-default-unit = 默认单位
catalogue-public = 市民可选
catalogue-yes = 是
catalogue-no = 否
catalogue-words = 名称或代码
catalogue-more = 只列出前 50 个，请用关键词查找。
catalogue-names = 其他系统的名称
catalogue-names-hint = 导入时遇到的名称，指定它属于哪个小类后，以后的导入会自动归类。
catalogue-name = 名称
catalogue-system = 系统
catalogue-seen = 出现次数
catalogue-means = 对应的小类
catalogue-unmapped = 未指定
catalogue-export = 导出目录
catalogue-export-hint = 全部小类、立案条件、各阶段时限和附加问题；改好后可以在下面导入。
catalogue-column-item-kind = 类型
catalogue-column-item-code = 小类代码
catalogue-column-major-code = 大类代码
catalogue-column-major-name = 大类名称
catalogue-column-item-name = 小类名称
catalogue-column-public = 市民可选
catalogue-column-default-unit-code = 默认单位编号
catalogue-column-default-unit = 默认单位
catalogue-column-condition-code = 立案条件代码
catalogue-column-condition-text = 立案条件
catalogue-column-limit-confirm = 核实时限
catalogue-column-limit-register = 立案时限
catalogue-column-limit-dispatch = 派遣时限
catalogue-column-limit-handle = 处置时限
catalogue-column-limit-verify = 核查时限
catalogue-column-limit-close = 结案时限
catalogue-import = 导入新目录
catalogue-import-hint = CSV 或 XLSX。需要的列：类型（部件或事件）、小类代码、小类名称；可有大类代码、大类名称、市民可选、默认单位、立案条件代码、立案条件、各阶段时限（如“4 工作时”）和附加问题。类型、代码、名称都相同的小类沿用，已有案卷不受影响；文件里没有时限列时，本市设置或确认过的时限保留。
catalogue-own-limits = 这一小类的时限
catalogue-no-own-limits = 没有单独规定，按一般时限计算。
catalogue-remove-limit = 去掉

# 导入
import-title = 导入案卷
import-lead = 把其他系统的案卷导进来。先试一遍，看清楚每一行的结果，再正式导入。
import-file = 数据文件
import-own-mapping = 自己写字段对应
import-start = 开始
import-recent = 最近的导入
import-report = 导入结果
import-again = 再次导入
import-was-trial = 这是试导入，没有写入任何案卷。
import-would = 可以导入
import-repaired = 修正后导入的行
import-field-external-id = 原编号
import-field-title = 标题
import-field-description = 描述
import-field-reported-at = 上报时间
import-field-closed-at = 结案时间
import-field-category = 类别
import-field-source = 来源
import-field-lng = 经度
import-field-lat = 纬度
import-field-address = 地址
import-field-status = 状态
import-field-agency = 办理部门
import-field-reporter-ref = 上报人
reason-open-with-closing = 原系统仍未结案，结案时间没有采用
reason-catalogue-whole = 目录要么整个导入，要么不导入：改好这些行再试
reason-catalogue-no-limit = 时限写法不对，应如“4 工作时”“2 工作日”
reason-catalogue-unknown-unit = 没有这个默认单位，留空
reason-catalogue-unit-by-name = 编号在本市是别的单位，按名称认定
reason-catalogue-sample-ended = 未经确认的样例时限不再沿用
task-case-import = 导入案卷
task-fact-repaired_rows = 修正后导入的行

# 询问上报人、好了没好、反弹、回头看、疑似同一问题
menu-clusters = 疑似重复
menu-looks = 回头看
menu-recurrences = 反弹
menu-case-rules = 办案规则
case-state-unclear = 待补充
case-state-inquired = 待市民答复
case-waits-unclear = 等市民补充
case-waits-inquired = 等市民答复
case-move-inquire = 询问上报人
case-move-reply = 上报人答复
case-move-lapse = 不再等待答复
case-move-drop = 终止办理
case-move-recall = 回头看退回
photo-kind-reply = 上报人补充的照片
photo-kind-voice = 周边群众的照片
question-state-wished = 责任单位想问
question-state-asked = 已询问，等答复
question-state-answered = 已答复
question-state-lapsed = 到期未答复
question-state-withdrawn = 未询问或已收回
voice-tie-reporter = 上报人
voice-tie-follower = 关注的人
voice-tie-near = 附近的人
look-state-open = 待回头看
look-state-held = 保持良好
look-state-recalled = 退回重办
look-state-filed = 另立新案
look-state-unclear = 看不出来
look-outcome-held = 保持良好
look-outcome-recalled = 没有解决，退回责任单位重办
look-outcome-filed = 解决过又出现，另立一个案卷
look-outcome-unclear = 现场看不出来
case-verb-question = 询问上报人
    .lead = 用您的话问上报人。问出以后时限暂停，上报人在进度页上回答；责任单位只看到回答，看不到是谁。
case-verb-question-refusal = 不询问
    .lead = 不转问责任单位提出的问题，写明理由。案卷照常办理。
case-verb-reply = 登记答复
    .lead = 上报人在电话里说的，替他记下来。登记后案卷恢复办理。
case-verb-question-wish = 想问上报人
    .lead = 缺什么情况才能办，写给派遣员，由派遣员去问。您不会知道上报人是谁；问出以前时限照常计算。
case-verb-question-withdrawal = 收回询问
    .lead = 不等答复了，案卷恢复办理，时限从停下的地方继续。
case-verb-second-look = 登记回头看
    .lead = 到现场再看一次。没有解决的退回重办，重新计时并记一次返工；解决过又出现的，另立一个案卷并和原案卷关联。
case-verb-recurrence = 标记反弹
    .lead = 这是以前结过案的问题又出现了。填写原来的案卷号，两个案卷会互相关联，计入原责任单位的反弹数。
case-verb-recurrence-end = 解除反弹
    .lead = 看过以后不是同一个问题的，解除关联，写明理由。
flash-case-question = 已询问上报人，时限暂停。
flash-case-question-refusal = 已答复责任单位。
flash-case-reply = 已登记答复，恢复办理。
flash-case-question-wish = 已提给派遣员。问出以前时限照常计算。
flash-case-question-withdrawal = 已收回，恢复办理。
flash-case-second-look = 已登记回头看的结果。
flash-case-recurrence = 已标记为反弹。
flash-case-recurrence-end = 已解除关联。
flash-case-replied = 谢谢您的答复，案卷已恢复办理。
flash-case-voice = 谢谢，核查人员会看到您说的。
flash-case-rules-saved = 规则已保存，今后按新的规则办。
event-case-question-wished = 责任单位想问上报人。
event-case-question-refused = 没有转问责任单位提出的问题。
event-case-inquired = 询问上报人，时限暂停，{ $by } 前可以答复。
event-case-replied = { $door ->
    [phone] 上报人在电话里作了答复，恢复办理
   *[public] 上报人作了答复，恢复办理
 }{ $photo-count ->
    [0] 。
   *[other] ，附照片 { $photo-count } 张。
 }
event-case-question-lapsed = { $why ->
    [withdrawn] 收回询问，恢复办理。
   *[unanswered] 到期没有收到答复，恢复办理。
 }
event-case-dropped = 到期没有收到答复，无法继续核实，终止办理。
event-case-recurred = 结案后再次出现，见 { $number }。
event-case-is-recurrence = 与已结案的 { $number } 是同一个问题，属于反弹。
event-case-recurrence-ended = 解除与 { $number } 的反弹关联。
event-case-drawn = 抽中回头看。
event-case-looked-at = 回头看：{ $outcome ->
    [held] 保持良好。
    [recalled] 没有解决。
    [filed] 解决过又出现。
   *[unclear] 现场看不出来。
 }
event-case-recalled = 回头看发现没有解决，退回责任单位，时限重新计算。
event-case-voice = { $tie ->
    [reporter] 上报人
    [follower] 关注的人
   *[near] 附近的人
 }说：{ $fixed ->
    [true] 好了。
   *[false] 没好。
 }
notice-case-question-wished = 责任单位想问上报人，请处理：{ $title }（{ $number }）
notice-case-question-refused = 没有转问上报人：{ $title }（{ $number }）
notice-case-inquired = 已询问上报人，时限暂停：{ $title }（{ $number }）
notice-case-replied = 上报人已答复，恢复办理：{ $title }（{ $number }）
notice-case-question-lapsed = 不再等待答复，恢复办理：{ $title }（{ $number }）
notice-case-dropped = 没有等到上报人答复，已终止办理：{ $title }（{ $number }）
notice-case-urged = { $number } 被对方系统催办：{ $title }
notice-case-supplemented = { $number } 对方系统有补充：{ $title }
notice-case-recalled = 回头看没有通过，重新办理：{ $title }（{ $number }）
mail-case-inquired =
    您反映的问题（{ $number }：{ $title }）还缺一点情况。我们想问您一句，请打开下面的链接回答，可以附照片：

    { $link }

    处置单位看不到您是谁。

    { $city }精神文明建设指导委员会办公室
    .subject = { $number }：想问您一句
mail-case-dropped =
    您反映的问题（{ $number }：{ $title }）需要您补充情况，到期没有收到，无法继续核实，已经终止办理。问题还在的，欢迎重新上报。

    查看经过：{ $link }

    { $city }精神文明建设指导委员会办公室
    .subject = { $number } 已终止办理
mail-case-merged =
    您反映的问题（{ $number }：{ $title }）和别人反映的是同一个，已经合并办理。办到哪一步，仍然会告诉您。

    查看进展：{ $link }

    { $city }精神文明建设指导委员会办公室
    .subject = { $number } 已合并办理
cases-wish-question = 提出询问上报人
cases-question = 询问上报人
cases-edit-rules = 修改办案规则
cases-relate = 标记和解除反弹
problem-question-open = 已经有一个问题在等答复
    .todo = 等有了结果再提新的。
problem-nobody-to-ask = 没有可以询问的上报人
    .todo = 这个案卷不是市民上报的，或者没有留下联系方式。
problem-nothing-asked = 现在没有等您回答的问题
    .todo = 请刷新页面，看看案卷现在的状态。
problem-no-voice-now = 现在不在征求意见的时候
    .todo = 责任单位反馈以后、结案以前，可以说好了或没好。
problem-voices-enough = 从这个网络地址说的已经够多了
    .todo = 请换一个网络，或者用上报时得到的链接。
problem-too-late-to-rate = 结案超过 { $count } 天，不能再评价
    .todo = 问题又出现的，请重新上报。
problem-linked-before = 已经标记为反弹
    .todo = 要换成另一个案卷的，请先解除。
field-between = 请填 { $min } 到 { $max } 之间的整数
field-not-near = 请站在问题 { $count } 米以内，用“我的位置”；或者填写关注时留的手机号、邮箱
field-not-a-follower = 没有用这个手机号或邮箱关注过
field-not-closed-before = 这个案卷在本案上报时还没有结案
label-question = 问什么
    .hint = 一次问清楚。不要写责任单位和个人的名字。
label-reply = 您的回答
    .hint = 也可以只发照片。
label-earlier = 原来的案卷号
label-outcome = 看到的情况
label-fixed = 好了还是没好
label-words = 说一句
label-voice_photos = 照片（可不拍）
label-reply_days = 等上报人答复的工作日
    .hint = 从询问的下一个工作日起算，到期那天下班为止。
label-drop_unanswered = 到期没有答复的，终止办理
    .hint = 不选的，恢复办理。
label-voice_m = 多少米以内的人可以说“好了”“没好”
label-rating_days = 结案后多少天内可以评价
label-contest_days = 结案后多少天内可以提出异议
label-alike_percent = 相似度达到百分之多少，提示为疑似同一问题
    .hint = 相似度由距离、时间、类别、用词算出，只作提示。
label-recurrence_m = 多少米以内算同一个地方
label-recurrence_days = 结案后多少天内再次出现算反弹
label-look_percent = 每百件结案抽几件回头看
    .hint = 填 0 不抽。
label-look_days = 结案多少天后回头看
case-questions = 询问上报人
case-question-until = { $time }前可以答复，时限暂停
case-question-reply = 答复：
case-question-phone = 上报人没有留邮箱，请打电话问，再用“登记答复”记下来。
case-question-wish = 责任单位想问：{ $what }
case-question-was = 问的是：{ $what }
case-tag-recurrence = 反弹
case-tag-recurred = 反弹 { $count } 次
case-related-earlier = 原来的案卷（反弹）
case-related-later = 后来又出现（反弹）
case-near-alike = 相似度 { $percent }%
case-only-recurrence = 属于反弹
case-only-recurred = 结案后反弹
case-only-waiting = 等上报人答复
report-near-alike = 很像
report-again = 您报的是 { $number } 没有解决或又出现了。类别和位置已经填好，核实后会和原来的案卷关联。
status-question = 想问您一句
status-question-hint = 请在{ $time }前回答。回答以前，办理时限暂停；处置单位看不到您是谁。
status-question-send = 回答
status-verdict-hint = { $date }前可以评价，也可以修改。
status-rated = 谢谢，您已经评价过。
status-rating-over = 评价的时间已经过了。
voice-title = 好了没有？
voice-lead = 责任单位说已经解决，正在核查。您知道那里的情况，请说一声；核查人员会参考，不作为结论。
voice-fixed = 好了
voice-not-fixed = 没好
voice-send = 告诉核查人员
voice-where = 您在哪里
voice-tie-hint = 请在问题 { $metres } 米以内用“我的位置”，或者填写关注时留的手机号、邮箱。位置只用来算距离。
label-voice_contact = 关注时留的手机号或邮箱
voices-title = 周边群众怎么说
voices-hint = 供核查参考，不作为结论。距离由各人的设备报告，无法核对。
voices-fixed = 好了 { $count }
voices-not-fixed = 没好 { $count }
public-not-fixed = 还是没好？
public-not-fixed-lead = 您是上报人的，请打开上报时得到的链接提出异议。不是的，可以再报一次，会和这个案卷关联。
public-not-fixed-report = 没好，再报一次
clusters-title = 疑似同一问题
clusters-lead = 按距离、时间、类别、用词比较未办结的案卷。合并前先看一遍会怎样改变；每个上报人都会继续收到进展。
clusters-count = { $clusters } 组，可合并 { $cases } 件
clusters-none = 没有疑似重复的案卷
    .todo = 同一个问题有几个人上报时，会出现在这里。
cluster-size = { $count } 件
cluster-first = 合并到：
cluster-merge = 合并选中的…
bulk-merge = 合并案卷
bulk-merge-lead = { $count } 个案卷将并入同一个案卷。确认前不会有任何改变。
bulk-merge-do = 合并 { $count } 件
bulk-merge-will = 将并入
recurrences-title = 反弹
recurrences-lead = 结案后同类问题在附近再次出现。单位、类别、路段是原来那个案卷的。
recurrences-none = 没有反弹的案卷
    .todo = 换一段时间或单位再看看。
recurrences-all = 看全部
recurrence-from = 发现日期从
recurrence-earlier = 原来的案卷
recurrence-days = 相隔天数
recurrence-metres = 相距（米）
recurrence-all-units = 全部单位
looks-title = 回头看
looks-rule = 每百件结案抽 { $percent } 件，结案 { $days } 天后由没有参与处置的人再看一次。
looks-off = 现在不抽取。在“办案规则”里可以改。
looks-none = 这里没有案卷
    .todo = 抽中的案卷会出现在这里。
look-drawn = 抽中时间
look-done = 回头看时间
rules-title = 办案规则
rules-lead = 由本市自己决定的数字。国家标准没有规定，按实际情况定。
rules-questions = 询问上报人
rules-citizens = 市民评价和异议
rules-duplicates = 疑似同一问题
rules-recurrence = 反弹
rules-looks = 回头看
statistics-recurrence-rate = 反弹率
statistics-column-recurred = 反弹
statistics-by-section = 按路段
statistics-previous = 环比 { $points }
statistics-year = 同比 { $points }
statistics-on-time-previous = 上期按期结案率
statistics-on-time-year = 去年同期按期结案率
setting-name-case-rules = 办案规则
cluster-open = 查看
switch-unit-ranking = 单位排名
    .law = 国办函〔2026〕12号：除安保、应急等确有必要并在备案时说明的以外，不得积分排名。打开后，统计页按单位显示按期结案率的名次。
setting-name-switch-unit-ranking = 单位排名开关
evidence-photos-week = { $from }至{ $until }：派给 { $units } 个社区（村）{ $asked } 次，每次要一组整改照片；退回补拍 { $again } 次
evidence-asked-twice = { $from }以来，同一案卷被退回两次以上、反复要求社区（村）补报的 { $count } 件
evidence-found-by-program = { $from }以来上报 { $all } 件，其中 { $found } 件的责任单位由系统按台账或目录填好，不用人填
evidence-without-account = { $from }以来市民上报 { $all } 件，其中 { $without } 件没有登录
evidence-ratings = { $from }以来市民评价 { $count } 件，只用于核查结案
statistics-by-source = 按来源
statistics-by-area = 按区域逐级下钻
statistics-level-division = 区域
statistics-level-grid = 单元网格
statistics-level-section = 路段
statistics-level-stretch = 包街段
statistics-no-finer = 未细分
statistics-grid = 网格 { $code }
statistics-crumbs = 所在区域
statistics-rank = 名次
statistics-closing-previous = 上期结案率
statistics-closing-year = 去年同期结案率
heat-title = 热力图
heat-lead = { $from }至{ $until }上报的案卷 { $cases } 件（不含不予立案、并案和作废的），按方格计数。
heat-from = 上报从
heat-item = 类别
heat-side = 方格边长
heat-metres = { $metres } 米
heat-none = 没有带位置的案卷
    .todo = 换一段时间或换一个类别。
heat-fallback = 地图需要 JavaScript。下面的表有同样的内容。
heat-legend = 每格案卷数
heat-squares = 案卷最多的 { $shown } 格（共 { $all } 格）
heat-cases = { $count } 件
heat-column-place = 方格中心
heat-column-count = 案卷
heat-column-share = 占比
heat-column-west = 西
heat-column-south = 南
heat-column-east = 东
heat-column-north = 北
filter-divisions = 区域
filter-grid = 单元网格
filter-along = 路段米数
filter-area = 方格
filter-and-below = { $name }及其下
case-only-standing = 不含不予立案、并案、作废
status-push = 有进展时提醒我

# 离线
offline-title = 没有信号
offline-lead = 这一页要有信号才能打开。下面这些没有信号也能用。
offline-staff = 工作人员在“待办”里选过“存到本机”的，没有信号也能打开：
outbox-title = 等待发送
outbox-lead = 没有信号时写好的内容先存在本机，有信号后自动发送，每份只会收到一次。
outbox-noscript = 这一页需要打开脚本。
outbox-unable = 这个浏览器不让网页保存内容（可能是无痕模式），没有信号时写的内容无法代为保存。
outbox-none = 没有等待发送的内容。
outbox-others = 本机还有 {"{n}"} 份是别人写的，本人登录后才会显示和发送。
outbox-now = 现在发送
outbox-waiting = 等待发送
outbox-stale = 已过 30 天，没有自动发送
outbox-wrong = 有些内容需要修改
outbox-moved = 案卷已有变化，没有收下
outbox-refused = 没有收下
outbox-sign-in = 请登录后再发送
outbox-sent = 已收到，编号 {"{number}"}
outbox-beside = 已有人提交，您写的已收下，由创城办处理
outbox-open = 打开
outbox-again = 打开修改后再发送
outbox-photos = {"{n}"} 张照片
outbox-no-words = （没有文字）
outbox-remove = 删除
outbox-sure = 还没有发送，确定删除吗？
keep-do = 存到本机，没有信号也能用
keep-stop = 不再存到本机
keep-since = 已存到本机（{"{time}"}）
keep-partly = 有些页面没有存好，有信号时会再试。
rules-offline = 离线使用
label-offline_hours = 存到本机的页面多少小时后不再显示
    .hint = 工作人员可以把待办存到手机上，没有信号时使用；退出登录即清除。

past-title = 往日
past-bar = 往日：选一天
past-as-of = 这是 { $date }当天结束时的情况，只能看，不能办理。
past-now = 回到现在
past-incomplete = 更早的日子正在从记录里整理，稍后再看会更全。
past-day = 哪一天
past-go = 看这一天
past-month-before = 上个月
past-day-before = 前一天
past-day-after = 后一天
past-month-after = 下个月
label-on = 日期
field-future-day = 这一天还没有到，请选今天或更早的日子
field-before-first-day = 这一天还没有记录，最早可以看 { $date }
actor-case-past-fill = 系统：往日整理

# 短信：七十个字以内是一条
sms-kind-case-dispatched = 已经派遣
sms-kind-case-closed = 已经结案
sms-kind-case-refused = 不予立案
sms-kind-case-dropped = 终止办理
sms-kind-case-upheld = 异议答复
sms-kind-case-inquired = 补充情况
sms-kind-case-merged = 合并办理
sms-case-dispatched = 您反映的问题（{ $number }）已派给责任单位办理，进展：{ $link }
sms-case-closed = 您反映的问题（{ $number }）已办结，结果和评价：{ $link }
sms-case-refused = 您反映的问题（{ $number }）未予立案，理由：{ $link }
sms-case-dropped = 您反映的问题（{ $number }）没有收到补充情况，已终止办理：{ $link }
sms-case-upheld = 您对{ $number }的异议已复核，答复：{ $link }
sms-case-inquired = 您反映的问题（{ $number }）还缺一点情况，请补充：{ $link }
sms-case-merged = 您反映的问题（{ $number }）与他人反映的相同，已合并办理：{ $link }
problem-report-forgotten = 上报 { $number } 的上报人信息已过保存期限，已经删除
    .todo = 这个链接不再有效。案卷公开的内容仍可按编号查找。
# 遮挡
cases-redact = 对外遮挡照片和文字
cases-view-uncovered = 查看遮挡前的照片
redaction-title = 对外显示
redaction-lead = 公众、开放数据和其他系统看到的样子。原文和原图不变，只给有权的人看。
redaction-open-public = 打开公开页
redaction-words = 隐去文字
redaction-offered = 隐去勾选的内容
redaction-proposed = 程序建议
redaction-save = 保存
redaction-pictures = 遮挡照片
redaction-pictures-lead = 人脸、车牌、门牌、证件和文件，公开以前请遮住。
redaction-cover = 遮挡
redaction-change = 修改遮挡
redaction-outside = 公众看到
redaction-not-public = 这个案卷还没有公开。
redaction-difference = 与原文的差别
redaction-staff-sees = 划去的文字，公众看不到：
redaction-cover-title = 遮挡照片
redaction-cover-lead = 在照片上画框。保存后生成一张新照片，框里的内容不在新照片里；原图封存不变。
redaction-area = 遮挡框
redaction-add = 加一个框
redaction-drop = 去掉遮挡框
redaction-how = 用手指或鼠标拖出一个框。也可以直接填数字：离左边、离上边、宽、高，占照片的百分之几。
redaction-keys = 方向键移动，按住 Shift 用方向键改变大小，Delete 去掉。
redaction-cover-save = 保存遮挡
redaction-covered-alt = 遮挡后的照片
redaction-being-made = 正在生成遮挡后的照片。在这之前，公众看不到这张照片。
redaction-undo = 取消遮挡
redaction-undo-lead = 取消后，公众重新看到原来的照片。
photo-outside-covered = 已遮挡
photo-outside-being-made = 正在遮挡
photo-outside-open = 原样公开
photo-outside-kept = 不公开
strike-kind-phone = 电话
strike-kind-identity = 身份证号
strike-kind-plate = 车牌
strike-kind-name = 称呼
strike-kind-door = 门牌
strike-kind-words = 自选
cover-look-black = 涂黑
cover-look-pixels = 马赛克
cover-shows-face = 人脸
cover-shows-plate = 车牌
cover-shows-paper = 证件或文件
cover-shows-home = 门牌或住户
cover-shows-other = 其他
label-strike-words = 还要隐去的文字
    .hint = 一行一处，照原文写。标题和描述里出现的都会隐去。
label-redaction-note = 说明
label-cover-x = 离左边 %
label-cover-y = 离上边 %
label-cover-w = 宽 %
label-cover-h = 高 %
label-cover-look = 方式
label-cover-shows = 遮的是什么
label-cover-from-unit = 对承办单位也遮挡
field-outside-the-picture = 遮挡框超出了照片
field-not-a-rectangle = 每个框要填四个 0 到 100 的数
field-not-in-the-text = 标题和描述里没有这些字，请照原文写
problem-photo-not-ready = 照片还在检查
    .todo = 请稍等片刻再遮挡。
problem-not-covered = 这张照片没有遮挡
    .todo = 请刷新页面看看现在的状态。
flash-case-words-struck = 已保存，公众看到的是新的文字。
flash-case-photo-covered = 已保存。新照片生成以后公开，在这之前公众看不到这张照片。
flash-case-photo-uncovered = 已取消遮挡。
event-case-words-struck = 对外隐去文字，现在共 { $count } 处。
event-case-photo-covered = 对外遮挡照片 { $count } 处（{ $shows ->
    [face] 人脸
    [plate] 车牌
    [paper] 证件或文件
    [home] 门牌或住户
   *[other] 其他
}）。
event-case-photo-uncovered = 取消照片的对外遮挡。
status-outside = 公众看到的是
status-outside-hint = 为保护个人信息，工作人员隐去了部分文字。照片里的人脸、车牌也可能被遮住。

# 指派到人
cases-assign = 把案卷指派给本单位的人
case-verb-assignment = 指派到人
    .lead = 交给本单位的一个人办理，他会在待办里最先看到。不选人，就是收回给单位。
case-verb-hand-back = 交回
    .lead = 把案卷交回单位，由负责人另行指派。
flash-case-assignment = 已指派。
flash-case-hand-back = 已交回单位。
label-handler = 指派给
    .hint = 今天请假、已把权限委托给别人的不在这里。
case-column-handler = 承办人
case-fact-handler = 承办人
case-handler-me = 指派给我的
case-handler-nobody = 还没有指派
filter-handler = 承办人
todo-mine = 指派给我的 { $count } 件
event-case-assigned = 指派给{ $person }。
event-case-unassigned = 收回，不指派给具体的人。
event-case-handed-back = 承办人交回单位。
event-case-handler-changed = { $why ->
    [away] 承办人请假，转给受委托的{ $person }。
   *[left] 承办人已不在本单位，案卷回到单位。
}
notice-case-assigned = 指派给您：{ $title }（{ $number }）
notice-case-handed-back = 需要另行指派：{ $title }（{ $number }）
field-already-assigned = 已经在这个人手上
field-person-away = 这个人今天请假，已委托别人
problem-not-yours = 这个案卷没有指派给您
    .todo = 请刷新页面看看现在由谁承办。
actor-case-release-handlers = 系统：承办人变动

# 转外部单位
cases-forward = 请外部单位协助
photo-kind-outside = 外部单位的照片
case-verb-forward = 请外部单位协助
    .lead = 电力公司、物业等没有账号的单位，用一个专用链接看到问题、回复处理情况。他们看不到上报人。时限照常计算。
case-verb-forward-again = 请外部单位补充
    .lead = 对方还用原来的链接。
case-verb-forward-withdrawal = 撤回外部协助
    .lead = 链接失效，对方不能再打开。
flash-case-forward = 已发出。链接在案卷页上，也可以复制了发给对方。
flash-case-forward-again = 已发出。
flash-case-forward-withdrawal = 已撤回，链接失效。
flash-case-forward-answered = 已送达，谢谢。
label-party = 对方
    .hint = 单位或联系人，例如：市供电公司抢修班。
label-party-mail = 对方邮箱
    .hint = 填了邮箱，链接会自动寄去，快到期时提醒一次。
label-party-phone = 对方电话
    .hint = 没有邮箱的，请把案卷页上的链接用短信或微信发给对方。
label-ask = 请对方做什么
label-take_forward = 采用对方的回复和照片
label-party_reply = 处理情况
forward-title = 外部协助
forward-until = 请在 { $time } 前回复
forward-reply = 回复：
forward-copy = 复制链接
forward-state-asked = 等待回复
forward-state-answered = 已回复
forward-state-taken = 已采用
forward-state-withdrawn = 已撤回
forward-state-lapsed = 超时未回复
forward-page-title = 请协助处理
forward-page-lead = { $unit }请您协助处理这个问题。请在 { $time } 前回复，到时链接失效。
forward-asked = 请您
forward-problem = 问题
forward-place = 经度，纬度
forward-said = 您的回复
forward-answer = 回复
forward-photos = 照片
forward-send = 发送
forward-thanks = 已收到您的回复，谢谢。
forward-private = 这个链接只用于这一件事，请不要转发给无关的人。
case-by-party = 外部单位
case-only-forwarded = 等外部单位回复
event-case-forwarded = 请外部单位协助，{ $until } 前回复。
event-case-forward-again = 请外部单位补充，{ $until } 前回复。
event-case-forward-answered = 外部单位回复，照片 { $photo-count } 张。
event-case-forward-taken = 采用外部单位的回复。
event-case-forward-withdrawn = 撤回外部协助。
event-case-forward-lapsed = 外部单位没有按时回复，链接失效。
event-case-forward-reminded = 提醒外部单位回复。
notice-case-forward-answered = 外部单位已回复：{ $title }（{ $number }）
notice-case-forward-lapsed = 外部单位没有按时回复：{ $title }（{ $number }）
mail-case-forwarded =
    有一个城市问题（{ $number }：{ $title }）请您协助处理。请打开下面的链接查看，并在 { $until } 前回复：

    { $link }

    这个链接只用于这一件事，请不要转发。

    { $city }文明办
    .subject = 请协助处理 { $number }
mail-case-forward-reminder =
    请您协助处理的城市问题（{ $number }：{ $title }）还没有收到回复。请在 { $until } 前打开下面的链接回复，到时链接失效：

    { $link }

    { $city }文明办
    .subject = 提醒：请回复 { $number }
field-mail-or-phone = 请至少填写邮箱或电话中的一个
field-hour-to-sixty-days = 请选择一小时以后、六十天以内的时间
problem-forward-open = 已经有一个外部单位在协助
    .todo = 请等对方回复，或者先撤回。
problem-nothing-forwarded = 没有正在协助的外部单位
    .todo = 请刷新页面看看现在的状态。
problem-link-over = 这个链接已经失效
    .todo = 需要继续协助的，请联系发给您链接的单位。
actor-case-tend-forwards = 系统：外部协助到期

# 附加问题
extras-title = 附加问题
extras-of = { $item }：附加问题
extras-lead = 市民和窗口上报这一类问题时，另外要问的几项。先改草稿，改好后整份启用；以前的回答仍按当时的问法显示。
extras-draft = 草稿
extras-not-asked-yet = 尚未启用
extras-draft-empty = 草稿里没有问题：启用后，这一类不再问附加问题。
extras-in-force = 正在问的
extras-none = 没有附加问题。
extras-publish = 启用草稿
extras-discard = 放弃草稿
extras-edit = 编辑附加问题
extras-see = 查看附加问题
extra-into-draft = 往草稿里加一题，或改一题
extra-save = 存入草稿
extra-edit = 改
extra-remove = 去掉
extra-rise = 往前移
extra-is-required = 必填
extra-is-personal = 涉及个人
extra-only-after = 仅当“{ $question }”答“{ $answer }”时问
extra-kind-text = 文字
extra-kind-number = 数字
extra-kind-one = 单选
extra-kind-several = 多选
extra-kind-yes-no = 是或否
label-wording = 问题
label-wording_en = 英文问法
label-extra_code = 代码
    .hint = 小写字母、数字和下划线，如 depth。同一代码就是改那一题。
label-extra_kind = 怎么回答
label-extra_unit = 单位（数字题）
    .hint = 如“厘米”；要英文的写成“厘米=cm”。
label-choices = 选项（单选、多选）
    .hint = 一行一个，二到二十个；要英文的写成“商铺=shops”。
label-extra_after = 什么时候问
    .hint = 不选就是总问；选一项，就只在前面那一题这样回答时才问。
label-extra_required = 必须回答
    .hint = 离线时填好、有信号才发出的上报不强求。
label-extra_personal = 涉及个人
    .hint = 与上报人信息一样保密：处置单位和公众看不到，到期一并删除。
field-not-an-extra-code = 代码只能用小写字母、数字和下划线，最多 20 个，不能是 condition、urgent、external_id、fixmystreet_id
field-extra-code-twice = 已经有这个代码的问题
field-not-plain = 请写短一些，不要用 = 和 |；选项里也不要用 / 和、
field-two-to-twenty = 请写二到二十个选项，一行一个
field-choice-twice = 有两个选项一样
field-no-such-answer = 前面没有这样的回答
field-no-such-question = 这一类没有这个附加问题
field-photos-gone = 有 { $count } 张照片保留超过一天，已经清理，请重新选择
problem-no-questions-drafted = 没有附加问题草稿
    .todo = 请刷新页面看看现在的情况。
problem-asked-after = 还有问题要看这一题的回答
    .todo = 请先去掉或改掉后面那一题。
reason-catalogue-no-questions = 附加问题写法不对，请照导出文件的格式：代码|类型|required 或 optional|personal 或 open|问题|单位或选项|前提
catalogue-column-extras = 附加问题
flash-extra-drafted = 草稿已保存，启用后才会问。
flash-extras-published = 附加问题已启用。
flash-extras-discarded = 草稿已放弃。
event-catalogue-questions-drafted = 修改了附加问题的草稿，共 { $count } 题。
event-catalogue-questions-published = 启用了附加问题，共 { $count } 题。
event-catalogue-questions-discarded = 放弃了附加问题的草稿。
report-extras = 这类问题还想问您几项
report-extra-unit = （{ $unit }）
report-extra-several = （可多选）
report-extra-personal = 只有市文明办看得到。
report-extras-ask = 看看这类问题还要问什么
report-kept-photos = 已经选好的照片（不要的去掉勾）
case-extras = 附加问题
case-column-extras = 附加问题
status-answer-kept = 已收到，只有市文明办看得到

# 录音
report-recording = 或者说出来
report-recording-hint = 最长 { $length }（分:秒）。只有文明办能听，不公开，也不给处置单位。
recording-record = 开始录音
recording-again = 重新录
recording-stop = 停止
recording-drop = 不要这段
recording-listen = 您的录音
recording-on = 正在录音，最长 {"{n}"} 秒，说完请按“停止”。
recording-ready = 录好了，可以听一遍，也可以直接提交。
recording-dropped = 录音已丢弃。
recording-denied = 无法使用麦克风。请在浏览器设置里允许，或者选一个录音文件，或者写一句话。
recording-silent = 没有录到声音，请再试一次。
recording-kept = 之前的录音：{ $name }（不要的去掉勾）
field-not-a-sound = 这不是录音文件：可以用 WebM、M4A、Ogg、MP3、AAC、WAV、AMR
field-sound-not-taken = 这种声音格式不能收，请直接在这里录，或者用 MP3、M4A
field-sound-with-video = 这个文件里有视频，请只发声音
field-sound-damaged = 录音已损坏，请重新录
field-sound-empty = 录音里没有内容，请重新录
field-sound-too-long = 录音超过 { $length }，请只说最要紧的
field-sound-too-many-bytes = 录音文件超过 { $megabytes } MB，请直接在这里录
field-recordings-not-taken = 本市不收录音，请写一句话
field-recording-gone = 录音保留超过一天，已经清理，请重新说一遍
problem-recording-there = 这件已经有录音了
    .todo = 缺的内容请用文字补充。
problem-recording-too-late = 案卷已经往下办理，不能再加录音
    .todo = 请重新上报，或者在文明办询问时回答。
problem-words-forgotten = 这个案卷的文字保存期已满，已经清除
    .todo = 不能再补充内容。
rules-recordings = 录音
label-recording_seconds = 上报录音最长多少秒
    .hint = 填 0 表示不收录音。
label-recording_mb = 录音文件最大多少 MB
    .hint = 浏览器录两分钟约 0.5 MB，WAV 文件要二十倍。
cases-hear-recording = 听上报人的录音
case-recordings = 录音
case-only-spoken = 有录音未录入
recording-typed = 已录入
recording-untyped = 还没有录入文字
recording-erased = 录音保存期已满，已经清除。
recording-hidden = 听声音能认出人，处置单位不能听。内容由文明办录入成文字。
recording-player = 录音，长 { $length }
recording-heard-hint = 谁听过会记入办理经过。
recording-save = 保存文件
recording-said = 录音内容：
recording-words = 录音里说了什么
recording-words-hint = 录入办理需要的内容。处置单位会看到；上报人没有写文字的，作为问题描述，公众也会看到。请不要写姓名、电话和门牌。
recording-type = 保存文字
flash-recording-typed = 已保存，处置单位可以看到。
event-case-recording-added = 用录音说明，长 { $seconds } 秒。
event-case-recording-heard = 听了录音。
event-case-recording-typed = 录入了录音的内容。
outbox-recording = 有录音
status-recording = 您的录音
status-recording-hint = 只有文明办能听。
