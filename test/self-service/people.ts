import type { RegisterValues } from '../../src/self-service/self-service.views.ts';

/** Someone as they would fill in the form. */
export function formOf(
  number: string,
  fullName: string,
  birth: string,
  issued: string,
  phone: string,
): RegisterValues & Record<string, string> {
  const [birthYear = '', birthMonth = '', birthDay = ''] = birth.split('-');
  const [issuedYear = '', issuedMonth = '', issuedDay = ''] = issued.split('-');
  return {
    national_id: number,
    full_name: fullName,
    birth_day: birthDay,
    birth_month: birthMonth,
    birth_year: birthYear,
    issued_day: issuedDay,
    issued_month: issuedMonth,
    issued_year: issuedYear,
    phone,
  };
}

/** No account, may register (src/sandbox/data/test-people.json). */
export const QUAN = formOf('001203000012', 'ĐỖ MINH QUAN', '2003-12-25', '2021-08-10', '0597000012');
export const THUY = formOf('286194000013', 'Trần Marie-Thúy', '1994-06-01', '2023-02-14', '+84 597 000 013');
export const WON = formOf('066204000014', 'Y Wơn Niê Kdăm', '2004-02-10', '2022-06-30', '0597 000 014');
/** Aged 15. */
export const VY = formOf('001311000015', 'Phan Khánh Vy', '2011-02-14', '2025-03-03', '0597000015');
export const DEAD = formOf('038152000011', 'Hoàng Thị Tý', '1952-04-04', '2021-07-22', '0597000011');
export const WITHDRAWN = formOf('022070000017', 'Mai Đức Thắng', '1970-01-15', '2021-03-12', '0597000017');
/** Has an account in the sandbox; here only if the test gives one. */
export const LAN = formOf('001190000001', 'Nguyễn Thị Lan', '1990-05-12', '2021-06-15', '0597000001');
export const NOBODY = formOf('001203999999', 'Đỗ Minh Quân', '2003-12-25', '2021-08-10', '0597000099');
/** Foreigners; who deals with us by the residence card's or the passport's day of issue. */
export const HARUKA = formOf('502195000102', 'Sato Haruka', '1995-12-24', '2024-06-10', '0597000019');
export const MINSU = formOf('501088000101', 'Kim Minsu', '1988-03-09', '2022-04-18', '0597000018');
/** Drawn, not fixed. */
export const JEAN = formOf('503077124798', "D'Artagnan Jean-Pierre", '1977-05-06', '2025-01-23', '0597500001');
