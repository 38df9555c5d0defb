event-assessment-round-kept = 导入考察轮次 { $number }：{ $file }，{ $rows } 行
event-assessment-round-matched = 考察轮次 { $number } 里的“{ $text }”对应“{ $name }”
problem-round-known = 这个文件已经导入过，是 { $number }
    .todo = 要再导入一次，请加 --set again=yes。
field-missing-columns = 缺少列：{ $missing }。表里有：{ $found }
field-missing-file = 对照表文件夹里没有 { $file }
actor-score = 计分
