# 菜单与清单
menu-honesty = 照片核实
honesty-title = 照片核实
honesty-lead = 系统发现可能有问题的整改照片，请人核实。提示只是疑问，不是结论。
honesty-none = 没有待看的提示
    .todo = 责任单位反馈的照片会自动比对；换个条件再查，或在设置里比对以前的照片。
honesty-all = 全部提示
honesty-count = 共 { $count } 条
honesty-words = 提示编号或案卷编号
filter-kind = 类型
filter-day_from = 日期从
filter-day_until = 日期到

honesty-column-number = 编号
honesty-column-kind = 类型
honesty-column-case = 案卷
honesty-column-unit = 责任单位
honesty-column-seen = 发现
honesty-column-state = 核实结果
honesty-column-reason = 理由
honesty-column-at = 发现时间
honesty-column-decided-at = 核实时间
honesty-column-confirmed = 属实
honesty-column-cases = 涉及案卷

# 类型与结果
honesty-kind-same-bytes = 文件相同
honesty-kind-alike = 画面相同
honesty-kind-before-as-after = 以前充后
honesty-kind-early = 拍摄早于派遣
honesty-kind-late = 拍摄晚于反馈
honesty-kind-far = 拍摄地点不符
honesty-kind-edited = 编辑痕迹
honesty-kind-no-camera = 缺相机信息
honesty-state-open = 待核实
honesty-state-confirmed = 属实
honesty-state-false-alarm = 误报

# 发现：只说测到的
honesty-seen-same-bytes = 这张照片与以前的一张照片是同一个文件。
honesty-seen-alike = 这张照片与以前的一张照片有 { $agreeing }% 的画面一致（已排除裁剪、翻转、旋转和调色的影响）。
honesty-seen-before-as-after = 这张整改后照片与本案整改前照片有 { $agreeing }% 的画面一致。
honesty-seen-early = 照片记录的拍摄时间比派遣早 { $span }。
honesty-seen-late = 照片记录的拍摄时间比反馈晚 { $span }。
honesty-seen-far = 照片记录的拍摄位置距案卷位置 { $metres } 米。
honesty-seen-edited = 照片里留有图片编辑软件的名称：{ $software }。
honesty-seen-no-camera = 照片没有相机信息，而同一上传人最近 { $of-count } 张照片中有 { $with-count } 张带有相机信息。

# 无辜的原因
honesty-innocent-same-bytes = 一次整改解决了几个案卷时，可能用同一张照片反馈。
honesty-innocent-alike = 一次整改解决了几个案卷，或在同一机位连续拍摄时，画面也会一致。
honesty-innocent-before-as-after = 问题很小、机位相同时，前后照片本来就很像。请看问题处有没有变化。
honesty-innocent-early = 相机时钟可能不准；包街单位也可能在派遣前就已整改。
honesty-innocent-late = 相机时钟可能不准。
honesty-innocent-far = 手机定位可能漂移，案卷位置也可能标错。
honesty-innocent-edited = 压缩、加水印也可能留下软件名称。
honesty-innocent-no-camera = 用网页相机拍摄或经聊天软件转发的照片都没有相机信息。

# 数据
honesty-figures = 测得的数据
honesty-figure-agreeing = 一致的画面
honesty-figure-telling = 有内容的画面
honesty-figure-distance = 指纹差异
honesty-figure-covered = 覆盖面积
honesty-figure-mirrored = 镜像翻转
honesty-figure-degrees = 旋转
honesty-figure-metres = 距离
honesty-figure-minutes = 相差时间
honesty-figure-taken = 照片记录的时间
honesty-figure-software = 软件
honesty-figure-usual = 带相机信息的照片
honesty-yes = 是
honesty-in-metres = { $metres } 米
honesty-minutes = { $count } 分钟
honesty-hours = { $count } 小时
honesty-days = { $count } 天

# 一条提示
honesty-crumbs = 位置
honesty-earlier = 以前的照片
honesty-this = 这张照片
honesty-hidden = 以前的照片属于您无权查看的案卷
honesty-other-case = 以前的案卷
honesty-facts = 基本情况
honesty-history = 经过
honesty-look = 查看数据和照片
honesty-look-and-decide = 查看并核实
honesty-decide = 核实结果
honesty-decide-do = 提交
honesty-not-yours = 由核查员或文明办核实；不能核实本人或本单位的照片。
label-verdict-photo = 您看到的是
label-reason-photo = 理由
    .hint = 写明依据，例如“问题处没有变化，阴影完全相同”。
flash-honesty-decided = 已记录 { $value } 的核实结果。
event-honesty-warned = 发现需要核实的照片：{ $kind-text }（{ $case }）
event-honesty-confirmed = 核实 { $number } 属实：{ $kind-text }（{ $case }）
event-honesty-cleared = 核实 { $number } 为误报：{ $kind-text }（{ $case }）
event-honesty-backfilled = 开始比对以前的照片
actor-honesty-follow = 照片比对
actor-honesty-backfill = 比对以前的照片

# 按单位
honesty-units = 属实情况
honesty-units-lead = 只统计经人核实属实的提示，按单位统计，不统计个人。
honesty-units-none = 没有核实属实的提示
    .todo = 换一段日期再查。
honesty-no-unit = 没有责任单位

# 设置
honesty-settings = 照片核实设置
honesty-settings-lead = 数值来自实测，见随附文档《照片核实》。调低更容易发现，误报也更多。
honesty-set-same = 画面比对
honesty-set-notes = 照片自带的信息
label-honesty-on = 比对照片并提示
    .hint = 关闭后不再提示，但仍记录指纹，重新打开后不会漏掉。
label-honesty-distance = 指纹差异上限（0–20）
    .hint = 差异不超过这个数的照片才逐处比对。
label-honesty-agreeing = 不同案卷：一致画面下限（%）
label-honesty-agreeing_same_case = 同一案卷：一致画面下限（%）
    .hint = 同一案卷的前后照片本来拍的是同一处，应高一些。
label-honesty-telling = 有内容的画面下限（共 64 处）
    .hint = 天空、白墙这样的画面说明不了什么。
label-honesty-minutes = 允许的时钟误差（分钟）
label-honesty-metres = 允许的位置误差（米）
    .hint = 另加上报时手机自报的误差。
label-honesty-editors = 图片编辑软件
    .hint = 每行一个，照片里出现这些名称就提示。
label-honesty-camera_share = 上传人照片带相机信息的比例下限（%）
    .hint = 填 0 表示不提示缺相机信息。
label-honesty-camera_pictures = 至少要有多少张照片
flash-honesty-saved = 设置已保存。
setting-name-photo-honesty = 照片核实设置
field-too-many-editors = 太多了
honesty-go-back = 以前的照片
honesty-go-back-lead = 新照片自动比对。以前的照片需要补比一次，在后台进行，可以中断，每张只比一次。
honesty-go-back-do = 比对以前的照片
honesty-backfill-runs = 正在比对
flash-honesty-going-back = 已开始比对以前的照片。
task-honesty-backfill = 比对以前的照片
task-fact-pictures = 照片
task-fact-warnings = 提示
