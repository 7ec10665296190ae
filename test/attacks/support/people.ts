import type { Citizen } from './start-app.ts';

/** Made-up people of these tests; their words occur nowhere else, so that the leak net finds them and nothing beside. */
export const HANH: Citizen = {
  national_id: '001199012345',
  full_name: 'Trần Thị Hạnh Phúc',
  phone: '+84987650321',
  email: 'hanh.phuc@hop-thu.example',
  password: 'chim-bay-qua-song',
  totp_secret: '3NW7O4K3WUYD4ZCST7ENPL3FH2EUN6IJ',
  level: '02',
};
export const KHOA: Citizen = {
  national_id: '079088054321',
  full_name: 'Lê Đăng Khoa Nguyên',
  phone: '+84356781234',
  email: 'dang.khoa@hop-thu.example',
  password: 'thuyen-ra-cua-bien',
  totp_secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
  level: '02',
};
/** Well-formed, and nobody's. */
export const STRANGER = '001099066778';
