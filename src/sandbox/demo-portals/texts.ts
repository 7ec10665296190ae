import type { DemoPortal, Said } from './registration.ts';

const say = (vi: string, en: string): Said => ({ vi, en });

export const TEXTS = {
  test: say('Cổng thử nghiệm, mọi dữ liệu đều là giả định', 'A test portal: all data is made up'),
  signIn: say('Đăng nhập bằng tài khoản định danh điện tử', 'Sign in with your electronic identity'),
  signOut: say('Đăng xuất', 'Sign out'),
  again: say('Thử lại', 'Try again'),
  home: say('Về trang chủ', 'To the start page'),
  language: say('English', 'Tiếng Việt'),
  others: say('Các cổng thử nghiệm khác', 'Other test portals'),
  need: say('Cần chuẩn bị', 'What you need'),
  offers: say('Tại đây có thể', 'Here you can'),
  hello: say('Xin chào', 'Welcome'),
  known: say('Thông tin cổng đã nhận', 'What this portal was told'),
  how: say('Lần đăng nhập này', 'This sign-in'),
  level: say('Mức xác thực', 'Authentication level'),
  wanted: say('Mức cổng yêu cầu', 'Level this portal asks for'),
  account: say('Mức độ tài khoản', 'Account level'),
  means: say('Phương tiện đã dùng', 'What was shown'),
  at: say('Thời điểm xác thực', 'Time of authentication'),
  sub: say('Mã riêng của cổng này', 'Your name for this portal only'),
  name: say('Họ, chữ đệm và tên', 'Full name'),
  birthdate: say('Ngày sinh', 'Date of birth'),
  gender: say('Giới tính', 'Sex'),
  male: say('Nam', 'Male'),
  female: say('Nữ', 'Female'),
  national_id: say('Số định danh cá nhân', 'Personal ID number'),
  phone_number: say('Số điện thoại', 'Phone number'),
  email: say('Thư điện tử', 'E-mail'),
  address: say('Nơi cư trú', 'Residence'),
  organisation: say('Thay mặt tổ chức', 'On behalf of'),
} satisfies Record<string, Said>;

/** RFC 8176 values in words. */
export const MEANS: Readonly<Record<string, Said>> = {
  pwd: say('mật khẩu', 'password'),
  sms: say('mã qua tin nhắn', 'code by text message'),
  otp: say('mã từ ứng dụng', 'code from an app'),
  hwk: say('khóa truy cập trên thiết bị', 'passkey on a device'),
  swk: say('khóa truy cập', 'passkey'),
  mfa: say('nhiều yếu tố', 'several factors'),
  user: say('xác nhận có mặt', 'presence confirmed'),
};

interface Face {
  readonly lead: Said;
  readonly offers: readonly Said[];
  readonly need: Said;
}

/** What each portal says on its first page. */
export const FACES: Readonly<Record<DemoPortal['id'], Face>> = {
  'dich-vu-cong': {
    lead: say('Nộp hồ sơ ở một nơi, theo dõi kết quả từng bước.', 'File in one place, and follow every step.'),
    offers: [
      say('Đăng ký khai sinh, kết hôn', 'Register a birth or a marriage'),
      say('Khai báo tạm trú, tạm vắng', 'Declare a stay or an absence'),
      say('Xem tình trạng hồ sơ đã nộp', 'See how your applications are doing'),
    ],
    need: say('Mật khẩu và điện thoại nhận tin nhắn.', 'Your password and a phone that receives messages.'),
  },
  'bao-hiem-y-te': {
    lead: say('Thẻ bảo hiểm y tế và quá trình tham gia.', 'Your health insurance card and its history.'),
    offers: [
      say('Xem thẻ và thời hạn sử dụng', 'See the card and how long it is valid'),
      say('Xem các lần khám, chữa bệnh', 'See visits and treatments'),
      say('Đổi nơi khám, chữa bệnh ban đầu', 'Change the clinic you are registered at'),
    ],
    need: say(
      'Tài khoản mức độ 02, với ứng dụng tạo mã hoặc khóa truy cập.',
      'An account of level 02, with an authenticator app or a passkey.',
    ),
  },
  'dat-dai': {
    lead: say('Hồ sơ quyền sử dụng đất, ký trên mạng.', 'Land use records, signed online.'),
    offers: [
      say('Tra cứu thửa đất của mình', 'Look up your own plots'),
      say('Đăng ký biến động, thế chấp', 'Register a change or a mortgage'),
      say('Ký hồ sơ chuyển quyền sử dụng', 'Sign a transfer of land use'),
    ],
    need: say(
      'Tài khoản mức độ 02 và khóa truy cập vừa dùng trong 15 phút.',
      'An account of level 02 and a passkey used within 15 minutes.',
    ),
  },
};

interface Message {
  readonly title: Said;
  readonly text: Said;
}
const signInFailed = (vi: string, en: string): Message => ({
  title: say('Chưa đăng nhập được', 'You are not signed in'),
  text: say(vi, en),
});

/** By the protocol's error code, and a few of our own. */
export const MESSAGES: Readonly<Record<string, Message>> = {
  access_denied: signInFailed(
    'Việc đăng nhập đã được hủy, cổng này không nhận được thông tin nào. Có thể thử lại bất cứ lúc nào.',
    'The sign-in was cancelled, and this portal was told nothing. You may try again at any time.',
  ),
  unmet_authentication_requirements: signInFailed(
    'Cổng này cần mức xác thực cao hơn mức tài khoản hiện có. Xem phần "Cần chuẩn bị" ở trang chủ.',
    'This portal needs a higher level than the account can show now. See "What you need" on the start page.',
  ),
  login_required: signInFailed('Cần đăng nhập lại để tiếp tục.', 'Please sign in again to go on.'),
  temporarily_unavailable: {
    title: say('Hệ thống định danh đang gián đoạn', 'The identity system cannot be reached'),
    text: say(
      'Vui lòng thử lại sau ít phút. Không có gì bị mất.',
      'Please try again in a few minutes. Nothing is lost.',
    ),
  },
  stale: signInFailed(
    'Lần đăng nhập này đã cũ hoặc đã dùng rồi. Vui lòng bắt đầu lại.',
    'This sign-in is too old or was used already. Please start again.',
  ),
  signed_out: {
    title: say('Đã đăng xuất', 'You are signed out'),
    text: say('Phiên làm việc tại cổng này đã kết thúc.', 'Your session at this portal has ended.'),
  },
  not_found: {
    title: say('Không có trang này', 'There is no such page'),
    text: say('Địa chỉ có thể đã thay đổi.', 'The address may have changed.'),
  },
};

export const OTHER_FAILURE: Message = signInFailed(
  'Hệ thống định danh trả lời không như mong đợi. Vui lòng thử lại.',
  'The identity system gave an answer that was not expected. Please try again.',
);
