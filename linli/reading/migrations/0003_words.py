"""The words a city begins with; it edits them. For each category: telling, usual and faint words."""

from django.db import migrations

# category: weight 3 | weight 2 | weight 1
CATEGORIES = {
    "dispute": {
        "family": (
            "离婚 赡养 抚养费 彩礼 婆媳 家庭暴力 家暴 分家 遗嘱 夫妻 家务琐事",
            "抚养 继承 探望孩子 老人住院 婚姻 妯娌 兄弟姐妹 再婚 父子 家庭开支 户口迁移 冷暴力 分居 翁婿",
            "子女 老人 儿媳 兄弟 家庭",
        ),
        "neighbour": (
            "邻里 楼上漏水 漏水 渗水 楼上住户 楼下住户 隔壁 对门 犬吠 滴水檐 采光 院墙",
            "邻居 噪声 噪音 广场舞 楼道堆放 堆放杂物 返水 空调滴水 麻将声 装修噪声 共用院墙 排水沟 散养 地锁 占用车位 通行权 烟道 鸽子 家禽",
            "楼上 楼下 吵闹 扰民 影响休息 车位",
        ),
        "homestead": (
            "宅基地 老宅 翻建房屋 房屋租赁 房屋买卖 房屋过户 加盖 腾退房屋",
            "租房 押金 四至 房东 租客 建房 彩钢棚 门台 化粪池 房屋共有 房产证 越界",
            "房屋 院落 过户 租金",
        ),
        "contract": (
            "合同尾款 民间借贷 借款 欠条 借条 违约金 担保 借钱不还 欠钱 合伙",
            "合同 货款 定金 尾款 借我钱 还款 退伙 加盟 承揽 转租 供货 欠款 利息 订单收购",
            "协议 工期 租赁 退租",
        ),
        "business": (
            "种子质量 化肥 农药质量 机井 滴灌 农机作业 提灌 代耕 减产 揽客",
            "地膜 水渠 用水先后 水费 摊位 养殖户 牛犊 仔猪 羊只买卖 加工厂 烘干 商户之间",
            "种植 养殖 收成 经营",
        ),
        "damages": (
            "打架 殴打 轻微伤 咬伤 高空坠物 误伤 人身损害 滑倒 摔伤 砸伤 青苗",
            "赔偿 医疗费 误工费 推搡 损坏 撞坏 砸坏 啃食 农药飘移 帮工 护理费 电梯夹伤 震裂",
            "受伤 损失 碰撞",
        ),
        "land": (
            "承包地 土地承包 土地流转 草场 林地 地界 田埂 机动地 退包 转包 机耕路 农渠",
            "流转费 荒地 滩地 开垦 放牧 林权 承包费 防护林 外嫁女 确权面积 集体收益 地力补偿",
            "土地 耕地 农田",
        ),
        "demolition": (
            "征地 拆迁 安置房 过渡费 棚改 征收 搬迁奖励 征地补偿",
            "附着物 补偿标准 临时用地 复垦 腾退期限 安置 补偿款",
            "补偿 搬迁",
        ),
        "environment": (
            "污染 废气 污水外溢 粉尘 油烟 养殖场异味 秸秆焚烧 偷排 废膜",
            "异味 恶臭 排污 喷漆 污水 砂石场 黑烟 臭味 水质",
            "垃圾 环保 气味",
        ),
        "wages": (
            "拖欠农民工工资 农民工 包工头 劳务队 拖欠工资 讨薪 工钱 欠薪",
            "工地工资 小工 瓦工 钢筋工 采收工 装卸工 分包方 工程款 工资款 零工",
            "工地 工资",
        ),
        "labour": (
            "劳动合同 经济补偿金 工伤 加班费 试用期 辞退 双倍工资 社会保险 年休假 解除劳动",
            "调岗 降薪 社保 克扣 工伤待遇 离职 单位不给 竞业 拖延工资 劳动关系 五险一金",
            "公司 单位 用人单位",
        ),
        "tourism": (
            "旅行社 跟团游 景区 农家乐 民宿 导游 滑雪场 旅游",
            "行程变更 酒店 订金 取消预订 门票 花海",
            "游玩 退票",
        ),
        "e_commerce": (
            "网购 直播购物 快递 外卖 团购 二手平台 网店 刷单 电商 淘宝 拼多多 京东",
            "商品不符 拒绝退货 驿站 丢件 网约车 虚假宣传 代运营 线上培训 七天无理由",
            "平台 退货 卖家",
        ),
        "consumer": (
            "健身卡 美容卡 预付卡 洗车卡 消费者 短斤少两 保修 变质食品 假货 培训班退费",
            "退费 退卡 多收费 理发店 家电 家具 超市 质量问题 退换 维修不当 药店 摄影套餐 商家 过期",
            "购买 消费 门店",
        ),
        "medical": (
            "医患 误诊 诊疗 医疗纠纷 牙科 术后 卫生院 手术 医疗事故 镶牙",
            "诊所 医院 医生 用药 住院护理 体检 病历 延误治疗 告知不足",
            "治疗 患者 疼痛",
        ),
        "traffic": (
            "交通事故 追尾 剐蹭 刮蹭 肇事 倒车 撞车 责任认定",
            "电动车撞 误工费 修车费 碰撞 摩托车 保险理赔 交警 三轮车 撞伤 车损 护栏",
            "路口 车辆 货车",
        ),
        "property": (
            "物业费 物业公司 物业 电梯停运 维修基金 公共收益 业委会 业主",
            "小区保安 保洁 门禁 暖气不热 车位管理 垃圾清运 绿化占用 充电棚 屋面渗漏 下水道堵塞 水泵",
            "小区 电梯 停车",
        ),
        "other_dispute": (
            "名誉 坟地 红白事 庙会 拾物 错转账 村务公开 低保评议",
            "宠物走失 误会 传言 群聊 宴席 集体分红 公益岗位 用水轮次",
            "口角",
        ),
    },
    "request": {
        "livelihood": (
            "停水 停电 供暖 供水 供电 燃气开通 医保报销 居住证 老年卡 养老认证",
            "暖气 公交 电视信号 入学 办理求助 水压 网络信号 电费 水费疑问 不稳定 时断时续",
            "办理 开通",
        ),
        "infrastructure": (
            "路灯 井盖 健身器材 人行道 路面 坑洼 减速带 停车位 公厕 候车亭",
            "损坏 维修 塌陷 积水 护栏 无障碍 座椅 公示栏 充电棚 修复 巷道 硬化",
            "增设 改造 道路",
        ),
        "sanitation": (
            "垃圾点 垃圾堆积 清理垃圾 卫生死角 杂草 清运",
            "异味 长期未清 污水沟 绿化带 脏乱 清扫 保洁 排水沟",
            "垃圾 卫生",
        ),
        "welfare": (
            "低保 临时救助 残疾补贴 高龄津贴 大病救助 取暖补助 特困",
            "困难补助 救助 残疾证 孤寡 五保 慰问",
            "补贴 补助",
        ),
        "other_request": (
            "建议",
            "安装监控 流动摊点 树木修剪 增开窗口 调整作息 意见建议",
            "请求 希望",
        ),
    },
    "hazard": {
        "fire": (
            "消防通道 电动车充电 飞线充电 灭火器 私拉电线 可燃物 消防隐患 火灾隐患 疏散通道",
            "楼道堆物 堵塞通道 消火栓 火灾 易燃 充电",
            "消防 起火",
        ),
        "traffic_hazard": (
            "交通隐患 视线遮挡 护栏破损 缺少标志 道路结冰 急弯",
            "校门口 弯道 结冰 减速 渠桥 红绿灯 标志 十字路口 逆行",
            "路口",
        ),
        "building": (
            "围墙倾斜 危房 外墙脱落 广告牌松动 墙体开裂 外墙保温层 房屋倾斜",
            "开裂 脱落 松动 倾斜 围墙 广告牌 彩钢棚 掉落 老旧房屋",
            "墙体 楼体",
        ),
        "gas": (
            "燃气泄漏 燃气软管 气瓶 液化气 煤气 报警器失效 阀门漏气 天然气",
            "燃气 软管老化 漏气 灶具",
            "气味",
        ),
        "other_hazard": (
            "涝池 无护栏 缺警示 盖板缺失 废弃砖窑 变压器",
            "水渠 机井 深坑 警示 裸露电线 高压线 水塘",
            "危险",
        ),
    },
    "incident": {
        "public_order": (
            "醉酒滋事 斗殴 聚众 打砸 持刀 寻衅滋事 口角升级 聚集围观",
            "闹事 围堵 醉酒 夜市 网吧 盗窃 被偷 推搡 报警",
            "",
        ),
        "accident": (
            "主管爆裂 水管爆裂 着火 爆炸 暖气管爆裂 厨房冒烟 大风刮倒 漫溢 小区停电",
            "爆管 塌方 冒烟 倒塌 淹水 暴雨 洪水 火情",
            "事故",
        ),
        "other_incident": (
            "被困电梯 人员被困 走失 犬只追人 走散 昏倒 晕倒",
            "老人摔倒 求救 救援 被困 堵塞消防通道",
            "求助",
        ),
    },
    "consultation": {
        "law_question": (
            "法律规定 法律咨询 律师 处理途径 怎么起诉 诉讼时效 能不能起诉",
            "起诉 法条 合法吗 违法吗 维权途径 打官司 怎么维权",
            "法律",
        ),
        "policy_question": (
            "政策咨询 补贴政策 入学政策 落户 农机补贴 危房改造政策 政策规定",
            "政策 社保政策 医保政策 养老政策 申请条件 标准是多少",
            "规定",
        ),
        "other_question": (
            "办理地点 所需材料 办事流程 公证 行政复议 办理流程",
            "法律援助 仲裁 信访 在哪里办 需要什么材料 上班时间 电话是多少",
            "材料 流程",
        ),
    },
}
# Words of a kind as a whole.
KINDS = {
    "dispute": ("", "纠纷 争议 矛盾 争吵 争执 调解 分歧 讨要", "赔偿 拖欠 意见不一"),
    "request": ("请求维修 请求清理", "请求 反映 希望解决 帮办 要求解决", "申请 求助"),
    "hazard": ("安全隐患 存在隐患", "隐患 老化 排查 危险源", "破损"),
    "incident": ("", "突发 正在发生 被困 求救", "现场"),
    "consultation": ("咨询", "请问 想了解 想问 怎么办理 如何办理", "了解一下 是否可以"),
}
URGENT = {
    "danger": "着火 起火 失火 火灾 爆炸 燃气泄漏 煤气泄漏 漏气 一氧化碳 中毒 触电 漏电 溺水 落水 坍塌 垮塌 塌方 被困 跳楼 自杀 轻生 寻短见 持刀 砍人 捅伤 行凶 斗殴 聚众 大出血 昏迷 晕倒 休克 呼吸困难 抽搐 心脏病发作 家暴 家庭暴力 绑架 非法拘禁 走失 失踪 投毒 洪水 山洪 决堤 坠楼 坠落 高空坠物 生命危险 有生命危险 扬言报复 威胁要杀 同归于尽 泼汽油 电线裸露 井盖丢失 井盖缺失 围墙倾斜",
    "utility": "停水 断水 没水 无水 停电 断电 没电 停气 断气 没气 停暖 断暖 没暖气 暖气不热 不供暖 水管爆裂 主管爆裂 爆管 暖气管爆裂 供暖中断 供水中断 供电中断 大面积停电 管道破裂 跑水 电梯停运 水压不足",
}


def fill(apps, schema_editor):
    Category = apps.get_model("cases", "Category")
    there = set(Category.objects.values_list("code", flat=True))
    Keyword = apps.get_model("reading", "Keyword")
    rows = [
        Keyword(word=word, kind=kind, category_id=code, weight=weight)
        for kind, categories in CATEGORIES.items()
        for code, lists in categories.items()
        if code in there
        for word, weight in _weighed(lists)
    ]
    rows += [
        Keyword(word=word, kind=kind, weight=weight)
        for kind, lists in KINDS.items()
        for word, weight in _weighed(lists)
    ]
    Keyword.objects.bulk_create(rows)
    UrgencyWord = apps.get_model("reading", "UrgencyWord")
    UrgencyWord.objects.bulk_create(
        UrgencyWord(word=word, urgency=urgency)
        for urgency, words in URGENT.items()
        for word in words.split()
    )
    apps.get_model("reading", "Policy").objects.create(id=1)


def _weighed(lists):
    """The words of three lists with their weights; of a word in two, the heavier."""
    found = {}
    for weight, words in zip((3, 2, 1), lists, strict=True):
        for word in words.split():
            found.setdefault(word, weight)
    return found.items()


class Migration(migrations.Migration):
    dependencies = [("reading", "0002_scope"), ("cases", "0004_defaults")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
