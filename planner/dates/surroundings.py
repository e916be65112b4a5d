"""Words around a time that decide whether it is one: names, honours, measures, events."""

# ruff: noqa: SIM905 - word lists stay readable as text

from __future__ import annotations

ADVERBIAL = tuple(
    """
    开展 举办 组织 召开 完成 进行 实施 启动 推进 推动 落实 将 拟 计划 继续 力争 争取 重点 安排 做好 建立
    制定 评选 迎接 看望 慰问 发放 学习 参加 举行 筹备 全面 共 我们 取得 荣获 获 在 要 每 至少 不少于 各
    由 以 分 再 需 应 已 均 都 修订 审议 发布 深入 开放 一至 一到 两次 一次 三次 1 2 3 4 5
    """.split()
)
"""Behind a coarse span: it tells when something is done, not which (2022年下半年教师…)."""

HONOURS = tuple(
    """
    劳动奖 巾帼 先锋 红旗 奖章 勋章 奖状 标兵 能手 精神
    """.split()
)
"""Behind a festival: part of an honour, whatever the form of its name (五一劳动奖章, 三八红旗手)."""

NAME_PARTS = tuple(
    """
    劳模 运动精神 路 街 巷 大道 广场 桥 村 镇 乡 小区 社区 新村 小学 中学 大学 学校 学院 医院 公园
    幼儿园 大厦 水库 农场 厂 同志 老师 主任 校长 主席 先生 女士 书记 教授 部长 组长 院长 处长 科长 会长
    工作室 名师 师傅 教练 上河图 制 起义 南昌 电影 式 口号 铺 站 湖 山 河 井 寺 峰 馆 美术
    楼 门 湾 亭 园 塔 岛 洞 坊 线 大盖 运动
    """.split()
)
"""Behind a short festival name: part of the name of a place, a school or a person (国庆路, 八一中学)."""

NO_NAME_PARTS = tuple(
    """
    运动会 运动月 运动周 运动日 运动季 运动竞 运动比 运动项 制定 制作 制订 制成 制度 制约 线上 线下 门票 门诊 门口
    门店 门外 园游 园长 园区 园内 园丁 楼道 楼宇 楼层 路演 街舞 街头 村民 站岗 站点 坊间 式样 美术作品 美术比 美术展
    """.split()
)
"""… and what only begins like one (国庆运动会, 五一线上活动)."""

BUILT = tuple("楼湾路街巷桥亭")
"""Behind a month with a name of its own: part of the name of a place (元月楼)."""

EVENTS = tuple(
    """
    考试 中考 高考 会考 统考 运动会 比赛 竞赛 大赛 会议 大会 教代会 职代会 工代会 结束 毕业 闭幕 测验
    军训 典礼 仪式 公示 演出 培训 验收 换届 评比 竣工 考 赛 会 艺术节 体育节 科技节 读书节 校庆 联考
    召开 开幕 开幕式 闭幕式 闭会 开赛 开工 举行 开始 质检 月考 答辩 评审 选举 文化节 审批 批准 通过 同意 批复 核准
    """.split()
)
"""Before 前 or 后: events whose day the plan does not know."""

NO_EVENTS = tuple(
    """
    工会 社会 机会 学会 委员会 协会 不会 体会 领会 思考 参考 备考 才会 都会 将会 基金会 理事会
    """.split()
)
"""… and words that only end like one."""

LASTING_EVENTS = tuple(
    """
    考试 中考 高考 运动会 比赛 竞赛 艺术节 体育节 科技节 读书节 校庆 教代会 大会 军训 会议
    """.split()
)
"""Before 期间: events whose days the plan does not know."""

NO_OCCASIONS = tuple(
    """
    工程 行动 计划 模式 精神 事 讲话 版 工作法 战略 讲 案 批示 机制
    """.split()
)
"""Behind a quoted figure: no day (“1.5”工程, “7.20”事故)."""

PROGRAMMES = tuple(
    """
    歌 星 学 题 读 练 报 评 语 讲 课 会 主题 测
    """.split()
)
"""每周一歌, 每日一学: names of programmes."""

NOT_COUNTED = tuple("性元品数要序生方")
"""Behind 次: it does not count occasions (一次性)."""

SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴徐孙马朱胡郭郑谢罗梁宋唐许韩冯邓曹彭曾肖董袁潘蒋蔡杜苏魏吕丁沈"
    "姚卢姜崔谭陆汪廖贾邱薛闫侯陶黎贺顾毛郝龚邵武戴莫孔汤"
)
"""Before a short festival name: a person (李国庆). Surnames that end common words (周, 方, 金) are left out."""
