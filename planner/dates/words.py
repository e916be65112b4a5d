"""The lexicon of time expressions: every word a grammar rule reads, by kind; the longest match wins."""

from __future__ import annotations

from planner.dates.festivals import NAMES
from planner.dates.numerals import CHINESE

_BY_KIND = {
    # units behind a number
    "year": "年",
    "month": "月 月份",
    "day": "日 号",
    "week": "周 星期 礼拜",
    "teaching_week": "教学周 学周",
    "quarter": "季度",
    "session": "届",
    "times": "次",
    "time_unit": "点 时 分 半 刻 点钟 点半",
    "ge": "个",
    "ordinal": "第",
    "last": "最后 最后一 最后一个 最末一 最后1 最后1个",
    "first": "首 头",
    # parts of a month
    "part": "上旬 中旬 下旬 上中旬 中上旬 中下旬 上半月 下半月 月初 月底 月末 月中 初 底 末",
    "stem": "上 中 下",
    "in_month": "月内 本月 当月 本月份 当月份 本月内 当月内",
    # years and their parts
    "named_month": "元月",
    "lunar_month": "正月 腊月 冬月",
    "lunar": "农历 阴历 旧历 夏历",
    "lunar_first": "初",
    "this_year": "今年 本年 当年",
    "next_year": "明年 次年 翌年 来年",
    "last_year": "去年 上年 上一年",
    "whole_year": "全年 年内 上下半年 上、下半年 全年度 本年度 常年 整年 今年内 本年度内 本年内 年度内 今年度",
    "half": "上半年 下半年 前半年 后半年",
    "year_part": "年初 年底 年末 年终 年中 岁末 岁首 岁末年初 年末岁首 年底年初 岁末岁首",
    "school_year": "学年 学年度",
    "this_school_year": "本学年 本学年度 本学年内 整个学年 全学年",
    "year_suffix": "年度",
    "q": "Q1 Q2 Q3 Q4 q1 q2 q3 q4",
    "season": "春季 夏季 秋季 冬季 今春 今夏 今秋 今冬 春天 夏天 秋天 冬天 今冬明春 冬春季节",
    # the semester and its phases
    "term": """
        本学期 本学期内 学期内 新学期 整个学期 全学期 这学期 这个学期 该学期 本学期中 学期期间
        本学期期间
    """,
    "semester": "春季学期 秋季学期 春学期 秋学期 第一学期 第二学期 上学期 下学期 第1学期 第2学期",
    "opening": "开学 新学期开学",
    "opening_phase": """
        学期初 开学初 开学之初 学期之初 学期开始 学期伊始 新学期伊始 新学期初 新学期开始 新学期之初
        开学伊始 开学初期 本学期初 学期初期 新学期开学初 学期开学初
    """,
    "midterm": "期中 学期中 学期中期 期中阶段 本学期中期",
    "closing": "期末 学期末 学期结束 学期期末 期末阶段 学期结束时 本学期末 本学期期末 学期末期",
    "holiday_start": "放假",
    "summer": "暑假 暑期 暑假期",
    "winter": "寒假 寒假期",
    "both_breaks": "寒暑假",
    "preparation_week": "预备周 准备周",
    # festivals beyond single days
    "double": "双节 两节",
    "days_off": "假期 长假 小长假 黄金周 放假期间 假日 放假 假期期间 长假期间 小长假期间 假日期间 假",
    "festive": "节 佳节 节日",
    "intl": "国际 世界 全国",
    "occasion": "庆 迎 喜迎 欢度 欢庆 喜庆 同庆 共庆 迎接 庆祝 纪念 暨 贺 共度 共迎",
    # relations
    "before": "前 之前 以前",
    "after": "后 之后 以后 过后",
    "around": "前后 左右 前后期间",
    "eve": "前夕 前夜",
    "during": "期间 之间 时节 期内",
    "at": "当天 当日 当晚 这天 这一天 那天 当周",
    "approach": "之际 来临之际 到来之际 即将来临之际 将至之际 即将到来之际 临近之际",
    "start": "起 开始 始 为起点",
    "since": "以来",
    "until_suffix": "截止 为止 止 截至 结束",
    "inside": "内 之内 以内 中 里",
    "from": "从 自 自从",
    "to": "截至 截止 截止到 截止至 截至到 直至 直到 一直到",
    "latest": "不迟于 不晚于 最迟 最晚 最迟于 最晚于 最迟不超过 不得迟于 不得晚于",
    "now": "即日 即日起 现在 现在起 即日起始",
    "range": "- 至 到",
    "sep": "、 和 及 以及 与 或 并",
    "de": "的",
    # recurrence
    "every": "每 每逢 逢 每个 每隔 隔",
    "parity": "单周 双周 单月 双月",
    "holidays": """
        重大节日 传统节日 重要节日 节假日 重大节假日 传统佳节 法定节日 法定节假日 节日 大型节日
        逢年过节 重要节假日 节庆日
    """,
    "term_word": "学期",
    "half_year": "半年",
    "half_month": "半月 半个月",
    "tian": "天",
    "workday": "工作日 教学日",
    "weekend": "周末 双休日",
    "least": "至少 不少于 不低于 最少 不得少于 不下于 起码",
    "most": "不超过 至多 最多 不多于 不得超过",
    "or_more": "以上 及以上",
    "or_less": "以下 以内",
    "event_unit": "场 回 期 轮 场次",
    # clock
    "daytime": "上午 中午 早上 早晨 凌晨 清晨 午前 上午第 全天 午间 大课间 课间 大课间活动时间",
    "afternoon": "下午 晚上 傍晚 晚间 夜间 夜里 午后 晚",
    "lesson": "节课 节课后 节课起 节",
    # a person has to decide
    "source": "根据 按照 依据 按 待 视",
    "vague": """
        适时 适当时候 适当时间 适当时机 适当的时候 适当的时间 适当的时机 合适时间 合适时机
        合适的时候 择机 择期 择日 择时 相机 不定期 定期 经常 经常性 平时 平常 随时 常态化 近期 近日
        日前 近段时间 最近 下阶段 下一阶段 下一步 现阶段 视情况 视情 视具体情况 条件成熟时
        条件成熟后 条件许可时 条件具备时 时机成熟时 时机成熟 条件允许时 另行通知 另行安排 另行确定
        另行公布 另定 另行商定 待定 待通知 待安排 待确定 时间未定 未定 明天 后天 大后天 今天 昨天
        前天 下周 下星期 下礼拜 下个星期 下下周 本周 本星期 这周 上周 上星期 下个月 下月 上个月
        下月初 下月底 届时 到时 尽快 尽早 必要时 需要时 有条件时 不时 时常 有空时 空闲时 下学年
        上学年 上个学期 下个学期 明年内 稍后 不久 适时地 年前 节前 节后 节日期间 假期间 节假日期间
    """,
    # what only looks like a time
    "x": """
        周年 周岁 周密 周边 周围 周全 周期 周知 周转 周刊 周报 周末愉快 月龄 月薪 月饼 月报 月刊
        月光 月亮 月子 月嫂 月季 日常 日报 日志 日记 日益 生日 节日礼物 年级 年段 年龄 年轻 年华
        年货 年鉴 年检 年会 年报 年薪 年青 年代 年限 年份 年纪 年味 青年 少年 老年 中年 成年 百年
        当年级 全年级 全年段 本年级 今年级 后勤 后续 后备 后顾 后辈 后进 后方 后台 后代 后果 后援
        后盾 前往 前进 前景 前提 前列 前沿 前辈 前台 前期 前瞻 前途 前行 前言 起草 起步 起立 起点
        起床 起来 起义 起飞 到位 到校 到达 到岗 到场 到会 至上 至善 内容 内部 内涵 初中 初步 初赛
        初审 初选 初稿 初级 初衷 初心 初次 初期 初评 初试 中心 中国 中央 中学 中小学 中层 中考 高中
        中华 中级 中医 中外 中间 中共 里程 里村 上级 上报 上海 上海市 下达 下发 下属 下设 下列
        下基层 学期考 半月谈 半月刊 半月里 月里 节约 节能 节目 节奏 节俭 节水 节电 节省 环节 情节
        细节 调节 季节 假日经济 请假 病假 产假 婚假 每人 每位 每班 每场 每次 每项 每名 每件 每户
        每年级 每年段 每个年级 每个年段 每组 每队 每周年 每个人 每套 每篇 每张 每只 每元 每岗 每所
        每家 每桌 每节 每节课 每条 自己 自身 自主 自愿 自我 自治 自行 自评 自查 自由 自选 自强 自信
        自然 自觉 自费 自带 自备 自立 自律 自荐 自主性 从严 从事 从业 从教 从而 从优 单月饼
        清明上河图 国庆阅兵 点评 点心 点子 点名 点赞 点燃 时代 时刻 时事 时光 时尚 时段 时期 分会
        分工 分工会 分别 分管 分类 分享 分析 分发 分组 分层 分批 分散 分配 半数 半程 刻苦 刻画 次数
        次性 次要 次第 次序 人次 场次费 期待 期盼 期望 期刊 轮流 轮岗 轮训 轮值 场地 场馆 场所 回复
        回顾 回应 回访 回收 回馈 号召 号码 号令 日照 日本 天津 天地 天气 天文 天使 天天向上 第一时间
        第一线 第一次 第一名 第一书记 最后期限 首先 头脑 逢源 隔壁 隔离 隔阂 每况 及时 及格 与会
        与时俱进 和谐 和平 到底 底线 底部 底蕴 底数 底色 末位 始终 始建 止步 结束语 一期 二期 三期
        四期 一线 两会 三会 结合 左右手 左右为难 前后勤 前后任 期间费用 以内部 晚会 晚宴 晚辈 晚年
        晚报 晚餐 傍晚时分 上午茶 下午茶 贺信 贺卡 贺词 喜庆祥和 迎新 迎检 迎评 迎来 迎合 庆典 庆功
        庆生 纪念品 纪念馆 纪念碑 纪念册 纪念章 号楼 号文 号文件 现在进行 五月花 三月街 十月革命
        五月天 八月桂花 六月雪 二月河 小月份 大月份 十二月党人 月历 周历 日历 挂历 台历
    """,
}


def _lexicon() -> dict[str, str]:
    words = {word: kind for kind, words in reversed(_BY_KIND.items()) for word in words.split()}
    # 三八, 五一, 十一, 119 are numbers first: only what stands around them makes them a festival.
    words |= {name: "festival" for name in NAMES if not _is_number(name)}
    return words


def _is_number(name: str) -> bool:
    return name.isdigit() or all(char in CHINESE or char == "·" for char in name)


WORDS: dict[str, str] = _lexicon()
"""Word → kind; a word in two groups belongs to the first."""
