menu-ladder = 新栏目
ladder-none = 还没有内容
    .todo = 下一步做什么，写在这里。
