/** How a people of Vietnam writes its names. Made-up combinations of common parts: nobody's own name is meant. */
export interface NameTable {
  /** Share of households, per mille. */
  readonly share: number;
  /** Codes of the provinces where most of its households live; empty for everywhere. */
  readonly home: readonly string[];
  /** Family names; repeated ones are more frequent. Empty where none is used. */
  readonly family: readonly string[];
  readonly male: { readonly middle: readonly string[]; readonly given: readonly string[] };
  readonly female: { readonly middle: readonly string[]; readonly given: readonly string[] };
  /** `family_first` (Nguyễn Văn An), `given_first` (Y Wơn Niê), or no family name at all (K'Brông). */
  readonly order: 'family_first' | 'given_first' | 'given_only';
}

const words = (text: string): string[] => text.split(/\s+/);
/** Names of several words, parted by commas. */
const phrases = (text: string): string[] => text.split(/,\s*/);

const KINH_FAMILY = words(
  `Nguyễn Nguyễn Nguyễn Nguyễn Nguyễn Nguyễn Nguyễn Nguyễn Nguyễn Nguyễn Trần Trần Trần Lê Lê Lê Phạm Phạm Huỳnh Hoàng
   Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Đoàn Trịnh Mai Tô Lưu Đào Cao Thái Tạ Châu Quách La Kiều Tăng Nghiêm`,
);
const KINH_MALE = words(
  `An Anh Bảo Bình Cường Dũng Duy Dương Đạt Đức Giang Hải Hiếu Hoà Hòa Hoàng Hùng Hưng Huy Khải Khang Khánh Khoa Kiên
   Lâm Linh Long Lộc Mạnh Minh Nam Nghĩa Nhân Phát Phong Phúc Phước Quân Quang Quốc Quý Quyền Sơn Tài Tâm Tấn Thắng Thành
   Thiện Thịnh Thuận Tiến Toàn Toản Trí Trung Tú Tuấn Tùng Tường Uy Văn Việt Vinh Vũ Vượng`,
);
const KINH_FEMALE = words(
  `An Anh Ánh Bích Châu Chi Cúc Diễm Diệp Diệu Dung Duyên Đào Giang Hà Hạnh Hằng Hân Hiền Hoa Hoà Hòa Hồng Huệ Hương Huyền
   Khuê Lan Lệ Liên Linh Loan Ly Mai Mỹ My Nga Ngân Ngọc Nguyệt Nhàn Nhi Nhung Oanh Phụng Phương Phượng Quyên Quỳnh Tâm Thảo
   Thanh Thoa Thu Thuỷ Thủy Thuý Thúy Thư Tiên Trà Trang Trâm Trinh Tuyết Uyên Vân Vy Xuân Yến`,
);

export const NAME_TABLES: readonly NameTable[] = [
  {
    share: 862,
    home: [],
    family: KINH_FAMILY,
    male: {
      middle: [
        ...words('Văn Văn Văn Hữu Đức Minh Quốc Công Thanh Xuân Quang Đình Gia Hoàng Ngọc Bá Trọng Thế Tuấn Anh'),
        ...phrases('Văn Minh, Hoàng Gia, Đức Anh, Quang Bảo, Trần Gia'),
      ],
      given: KINH_MALE,
    },
    female: {
      middle: [
        ...words('Thị Thị Thị Thị Thu Ngọc Thanh Minh Kim Bích Hồng Mỹ Phương Thuỳ Thùy Khánh Diệu Bảo Cẩm Hoài'),
        ...phrases('Thị Thu, Thị Ngọc, Thị Thanh, Ngọc Bảo, Hoàng Thị Minh, Lê Bảo'),
      ],
      given: KINH_FEMALE,
    },
    order: 'family_first',
  },
  {
    share: 18, // Tày, Nùng
    home: ['04', '08', '19', '20'],
    family: words('Nông Nông Hoàng Đàm Bế Ma Vi Triệu Chu Lý Lương Hứa Mông'),
    male: { middle: words('Văn Đình Quang Ích'), given: words('Thắng Tuyên Khánh Páo Slao Dìn Hiếu Cảnh Bằng') },
    female: { middle: words('Thị Bích Thu'), given: words('Slao Nhình Biên Thơm Hoan Vần Pham Dung Lả') },
    order: 'family_first',
  },
  {
    share: 18, // Thái
    home: ['11', '12', '14', '15', '38', '40'],
    family: words('Lò Lò Cầm Quàng Lường Tòng Cà Bạc Hà Lừ Mè'),
    male: { middle: words('Văn A'), given: words('Pánh Ín Xôm Thoóng Tưởng Hặc Phương Inh') },
    female: { middle: words('Thị'), given: words('Xuân Pâng Ọi Phóng Hịa Lả Ín Ngoan') },
    order: 'family_first',
  },
  {
    share: 14, // Mường
    home: ['25', '38', '37'],
    family: words('Bùi Quách Đinh Bạch Hà Phùng Xa'),
    male: { middle: words('Văn Công'), given: words('Chiến Thưởng Dìn Khiển Nhẻo Tiệp') },
    female: { middle: words('Thị'), given: words('Mến Nhịn Bưởi Phiến Ển Lựng') },
    order: 'family_first',
  },
  {
    share: 14, // Mông
    home: ['08', '11', '12', '14', '15'],
    family: words('Giàng Vàng Thào Sùng Mùa Lầu Cứ Hạng Vừ Tráng'),
    male: { middle: words('A Mí Seo'), given: words('Páo Sử Chinh Dế Lử Tủa Vảng Sinh Chớ') },
    female: { middle: words('Thị'), given: words('Mỷ Dợ Sua Mo Pà Chu Dính Máy') },
    order: 'family_first',
  },
  {
    share: 13, // Khmer
    home: ['86', '91', '92', '96'],
    family: words('Thạch Sơn Kim Danh Châu Lâm Kiên'),
    male: {
      middle: ['', '', 'Văn', 'Sà'],
      given: phrases('Út, Sô Phia, Sóc Khone, Ươl, Rinh, Quanh, Phi Rum, Si Tha'),
    },
    female: { middle: ['', 'Thị'], given: phrases('Sô Thia, Ni, Sa Rây, Chanh Đa, Phol, Sóc Ry, Ane') },
    order: 'family_first',
  },
  {
    share: 11, // Hoa
    home: ['79', '75', '92', '22'],
    family: words('Lâm Quách Trương Mã Tăng Vương Lý Trần Huỳnh Phùng Âu Dương'),
    male: { middle: words('Chí Vĩ Gia Diệu Kiến Tuấn'), given: words('Cường Hào Minh Vĩ Kiệt Bang Phú') },
    female: { middle: words('Mỹ Tuệ Bội Lệ Gia'), given: words('Hảo Mẫn San Linh Yến Nghi Bình') },
    order: 'family_first',
  },
  {
    share: 9, // Gia Rai
    home: ['52', '66', '51'],
    family: phrases('Rơ Châm, Siu, Ksor, Kpă, Rah Lan, Nay, Rơ Mah, Puih'),
    male: { middle: [''], given: phrases("Hyưk, Y-Blăm, Thuk, Jơi, Y Phôn, H'Măn, Brơih") },
    female: { middle: [''], given: phrases("H'Yéo, H'Nhung, H' Bia, H-Lem, Hơ Nguê, H’Ren") },
    order: 'family_first',
  },
  {
    share: 9, // Ê Đê
    home: ['66'],
    family: phrases('Niê, Niê Kdăm, Mlô, Êban, Ayŭn, Kbuôr, Hđơk, Byă, Ktla, Knul, Mlô Duôn Du'),
    male: { middle: [''], given: phrases('Y Wơn, Y Khoă, Y-Đhun, Y Bhem, Y Thịnh, Y Lin') },
    female: { middle: [''], given: phrases("H'Lim, H' Wen, H Yuôn, H’Đoan, H'Băk, H'Rê Bê Ka") },
    order: 'given_first',
  },
  {
    share: 8, // Xơ Đăng, Ba Na
    home: ['51', '52'],
    family: [],
    male: { middle: [''], given: phrases('A Thui, A Brơi, A Jring, A Ngơp, Đinh Hmưnh, Bră') },
    female: { middle: [''], given: phrases('Y Blơi, Y Hnhêm, Y Thuyên, Y Byưnh, Đinh Thị Hrơn, Thoan') },
    order: 'given_only',
  },
  {
    share: 8, // Cơ Ho, Mạ
    home: ['68'],
    family: [],
    male: { middle: [''], given: phrases("K'Brông, K’ Tem, K'Vêl, K'Bros, Kơ Să Ha Krang, Brài") },
    female: { middle: [''], given: phrases('Ka Hêm, Ka Brèm, Ka Să Hơ-Wên, Ka Dỡn, Bơ Đăm') },
    order: 'given_only',
  },
  {
    share: 6, // Chăm
    home: ['56', '68', '91'],
    family: words('Đàng Báo Quảng Thiên Lưu Bá Hán Kiều Chế'),
    male: { middle: ['Năng', 'Văn', ''], given: phrases('Thọ, Phố, Mohamad, Sa Lêh, Haji, Xuân Hội') },
    female: { middle: ['Thị', ''], given: phrases('Phước, Sa Ry Dah, Mari Dam, Ka Dẻo, Hoài') },
    order: 'family_first',
  },
  {
    share: 6, // families with a parent from abroad
    home: [],
    family: words('Nguyễn Trần Lê Phạm Vũ'),
    male: { middle: ['', 'Minh'], given: phrases("Jean-Luc, Sean O'Dell, David Khôi, Karl-Heinz, D'Arcy Nam") },
    female: { middle: ['', 'Bảo'], given: phrases("Anna-Maria, Marie-Thuý, N'Diaye Hoa, Sofia Linh, O'Hana") },
    order: 'family_first',
  },
  {
    share: 4, // the long names of old Huế families
    home: ['46', '48'],
    family: ['Nguyễn Phúc', 'Nguyễn Phước', 'Tôn Thất'],
    male: { middle: phrases('Bửu, Vĩnh, Bảo Quý, Ưng'), given: phrases('Hoằng, Khôi Nguyên, Thiều, Đại An') },
    female: {
      middle: phrases('Công Tằng Tôn Nữ, Công Huyền Tôn Nữ, Tôn Nữ'),
      given: phrases('Hỷ Khương, Diệu Liên Hoa, Thuỵ Ý Nhi, Bạch Vân, Quỳnh Như Ngọc'),
    },
    order: 'family_first',
  },
];
