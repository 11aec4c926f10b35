"""How Vietnamese channels write."""

from signalos_desktop.domain.parsing.concepts import C
from signalos_desktop.domain.parsing.vocabulary.language import Language

LANGUAGE = Language(
    "vi",
    words={
        C.BUY: """
            mua, mua vào, lệnh mua, đặt mua, vào lệnh mua, mua lên, canh mua nhanh, vào mua,
            tín hiệu mua, khuyến nghị mua, lên lệnh mua, mua thêm, canh mua, múc, gom, mua lại,
            vào buy, đánh buy, đánh lên, long lên""",
        C.SELL: """
            bán, bán ra, lệnh bán, đặt bán, vào lệnh bán, bán xuống, bán khống, vào bán, tín
            hiệu bán, khuyến nghị bán, lên lệnh bán, canh bán, xả, phang xuống, đánh sell, đánh
            xuống, vào sell, sút, short xuống""",
        C.BOUGHT: "đã mua, đã bán, đã vào",
        C.NOW: """
            ngay, ngay bây giờ, bây giờ, giá thị trường, theo giá thị trường, giá hiện tại, lập
            tức, ngay lập tức, tại giá hiện tại, ngay giá này, thị trường, ngay lúc này, luôn,
            ngay nào, ngay đi, ngay nha, ngay nhé, ngay thôi""",
        C.LIMIT: "giới hạn, lệnh giới hạn, chờ limit, lệnh limit, mua giới hạn",
        C.STOP_ORDER: "lệnh stop, dừng lệnh",
        C.ENTRY: """
            vào lệnh, giá vào, điểm vào, vùng giá, vùng vào, vùng, giá, khoảng, entry vùng,
            vào, điểm vào lệnh, giá vào lệnh, vùng mua, vùng bán, giá mở, mức giá, quanh vùng,
            vị trí""",
        C.SL: """
            cắt lỗ, dừng lỗ, chặn lỗ, điểm cắt lỗ, mức cắt lỗ, ngưỡng cắt lỗ, lỗ tối đa, điểm
            dừng lỗ, mức dừng lỗ""",
        C.TP: """
            chốt lời, mục tiêu, chốt lãi, điểm chốt lời, mức chốt lời, chốt, mục tiêu lợi
            nhuận, giá mục tiêu, mục tiêu giá, điểm chốt lãi""",
        C.TP_OPEN: "thả trôi, không tp, để chạy, gồng lãi, để lệnh chạy, thả lời",
        C.OPEN: "mở, giữ",
        C.AT: "tại, quanh, ở, gần",
        C.FROM: "từ",
        C.TO: "đến, tới, về, lên, xuống, sang, thành",
        C.ABOVE: "trên, phá vỡ lên",
        C.BELOW: "dưới",
        C.AND: "và, rồi",
        C.OR: "hoặc, hay",
        C.PIPS: "điểm, pip, pips, giá pip",
        C.LEVERAGE: "đòn bẩy",
        C.LOT: "ngày, giờ, phút, thành viên, người, lot, tháng",
        C.META: "vốn, nạp, tài khoản, khối lượng, số dư, kích thước",
        C.RISK: "rủi ro, quản lý rủi ro, rủi ro mỗi lệnh",
        C.CONFIDENCE: "độ tin cậy, xác suất, tin cậy",
        C.KEY: """
            tín hiệu, lệnh, cặp, cặp tiền, hướng, sản phẩm, lệnh chờ, vị thế, tín hiệu mới,
            lệnh mới, loại, mã, kèo, kèo mới, loại lệnh, giao dịch, xu hướng lệnh""",
        C.CLOSE: """
            đóng, đóng lệnh, thoát, thoát lệnh, cắt lệnh, đóng ngay, cắt, thoát hàng""",
        C.CANCEL: "hủy, huỷ, xóa, xoá, bỏ lệnh, hủy bỏ",
        C.CANCELLED: "đã hủy, đã huỷ, bị hủy, không còn hiệu lực, đã xóa",
        C.MOVE: """
            dời, chuyển, di chuyển, kéo, đặt, sửa, thay đổi, cập nhật, đổi, điều chỉnh, nâng,
            hạ, đính chính, dịch, chỉnh""",
        C.MOVED: "đã dời, đã chuyển, đã cập nhật, đã đổi, đã sửa, được dời",
        C.NEW: "mới",
        C.TAKE: "bảo toàn",
        C.PARTIAL: "một phần, 1 phần",
        C.REDUCE: """
            chốt một phần, chốt bớt, đóng một phần, chốt 1 phần, đóng bớt, giảm bớt, đóng 1
            phần, cắt bớt, chốt non, chốt lời một phần, chốt lời 1 phần""",
        C.HALF: "một nửa, nửa, phân nửa, nửa lệnh, nửa vị thế, 1 nửa, 1/2 lệnh",
        C.THIRD: "một phần ba",
        C.QUARTER: "một phần tư",
        C.ALL: "tất cả, toàn bộ, hết, mọi",
        C.REST: "còn lại, phần còn lại, giữ phần còn lại, giữ lại",
        C.BREAKEVEN: """
            hòa vốn, hoà vốn, về entry, về giá vào, về điểm vào, về hòa, về hoà vốn, về hòa
            vốn, không rủi ro, về giá entry, điểm hòa vốn, về vị trí vào lệnh, lên entry, về
            giá vào lệnh, về điểm hòa vốn, huề vốn, về huề""",
        C.THE: "này, đó, cũ, của",
        C.RESULT: """
            chạm, đã chạm, đạt, đã đạt, đã đóng, đang lời, đang lãi, khớp, đã khớp, chúc mừng,
            dính, hit rồi, đã hit, ăn, thắng, đang chạy, về đích, ting ting, húp, đã về, quét,
            dính sl, cán đích, đã chốt, đã kích hoạt""",
        C.GAIN: "lợi nhuận, lãi, lời, lỗ, kết quả, thua, thu về, kiếm được, dương",
        C.PAST: """
            hôm qua, tuần trước, tháng trước, tổng kết, báo cáo, lịch sử, tuần này, vừa rồi,
            thống kê, kết quả tuần, kết quả hôm nay, trong tuần, tổng kết tuần""",
        C.NOT: """
            không, đừng, chưa, tránh, không nên, không vào, đứng ngoài, chưa nên, đừng mua,
            đừng bán, không mua, không bán, không giao dịch, hạn chế""",
        C.IF: """
            nếu, khi, chỉ khi, trong trường hợp, chờ xác nhận, xác nhận, khi nào, với điều
            kiện, sau khi xác nhận, chỉ mua nếu, chỉ bán nếu, phá vỡ, miễn là, đợi xác nhận""",
        C.AFTER: "sau khi, sau, trước khi, trước",
        C.READY: """
            chuẩn bị, sẵn sàng, sắp, sắp tới, chờ, đợi, theo dõi, canh, có thể, đang tìm, quan
            sát, lát nữa, chờ đợi, dự kiến, tìm điểm, canh me, tìm cơ hội, kế hoạch""",
        C.ASK: """
            gì, sao, thế nào, có nên, tại sao, bao nhiêu, được không, ở đâu, không ạ, à,
            nào, chưa ạ, không nhỉ, có ai, hả""",
        C.PROMO: """
            tham gia, kênh, đăng ký, miễn phí, khuyến mãi, liên hệ, nhóm, link, ưu đãi, tỷ lệ
            thắng, hàng tháng, nạp tối thiểu, inbox, ib, group vip, cọc, zalo, thành viên vip,
            độ chính xác""",
        C.VIEW: """
            hỗ trợ, kháng cự, xu hướng, phân tích, phe mua, phe bán, tin tức, tăng, giảm, áp
            lực, bên mua, bên bán, đang giao dịch, nhận định, lực mua, lực bán, sideway, hồi
            phục, dao động""",
        C.LESSON: "ví dụ, bài học, người mới, khóa học, giả sử, chẳng hạn, hướng dẫn",
        C.ME: "tôi, mình, em, tui",
        C.MACHINE: "hệ thống, bỏ qua quy tắc, chỉ thị",
        C.WITHDRAW: "bỏ qua, nhầm, nhầm lẫn, không vào lệnh này, bỏ kèo, gửi nhầm",
        C.CANDLE: "nến, đóng nến, nến đóng cửa, nến h1, nến h4, đóng cửa",
        C.INVITE: "copy theo, vào theo, anh em vào theo, theo lệnh này, vào cùng mình",
        C.RETOLD: """
            lệnh đẹp nhất, lệnh hay nhất, kèo hay nhất, kèo đẹp nhất, còn nhớ, lệnh của tháng, lưu
            trữ""",
        C.FILLER: """
            nhé, nha, anh em, mọi người, cả nhà, các bạn, cho, với, là, ae, chào buổi sáng, xin
            chào, vốn nhỏ, đi, nhanh, chú ý, ở đây, hôm nay, đi tiền, quản lý vốn, phù hợp,
            chào, sáng, volume nhỏ, vol nhỏ, đánh, lot nhỏ, ace, đi nào, nào anh em, nào cả
            nhà, thôi nào""",
    },
    shared={
        C.READY: "sẽ",
        C.ASK: "ai",
        C.FILLER: "thì",
        C.TO: "về",
        C.NEW: "mới",
    },
    names={
        "XAUUSD": "vàng, vàng thế giới, xau vàng, giá vàng",
        "XAGUSD": "bạc",
        "USOIL": "dầu, dầu thô, dầu wti, dầu mỏ",
        "UKOIL": "dầu brent",
        "EURUSD": "euro đô",
        "GBPUSD": "bảng đô",
    },
    currencies={
        "EUR": "euro",
        "GBP": "bảng, bảng anh",
        "AUD": "đô úc",
        "NZD": "đô new zealand",
        "USD": "đô, đô la, đô mỹ",
        "CAD": "đô canada",
        "CHF": "franc",
        "JPY": "yên, yên nhật",
    },
)
