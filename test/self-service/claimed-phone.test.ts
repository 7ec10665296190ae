import { registerRoutes } from '../../src/self-service/register.routes.ts';
import { WON } from './people.ts';
import { PASSWORD, selfServiceWorld } from './world.ts';

const world = await selfServiceWorld();
const server = await world.serve(registerRoutes(world.deps));

test('a newcomer gets the own phone, though it served somebody else’s account, which is locked', async () => {
  const squatter = await world.openFor(
    {
      nationalId: '001190000099',
      fullName: 'Kẻ Mượn Số',
      birthDate: '1990',
      gender: 'male',
      nationality: 'Việt Nam',
      phone: '+84597000014',
    },
    '01',
  );
  const browser = server.browser();
  await browser.get('/register');
  await browser.post('/register', WON);
  const [message] = await world.messages();
  expect(message?.to).toBe('+84597000014');
  await browser.get('/register/code');
  await browser.post('/register/code', { code: world.codeIn(message) });
  await browser.get('/register/password');

  world.deps.registry.down = true;
  const away = await browser.post('/register/password', { password: PASSWORD });
  expect([away.status, away.step]).toEqual([503, 'register-password']);
  expect((await world.accountOf('001190000099'))?.grounds).toEqual([]);
  world.deps.registry.down = false;

  const set = await browser.post('/register/password', { password: PASSWORD });
  expect([set.status, set.location]).toEqual([303, '/register/done']);
  expect((await world.accountOf(WON.national_id))?.personal.reveal().phone).toBe('+84597000014');
  const locked = await world.accountOf('001190000099');
  expect(locked).toMatchObject({ subject: squatter, grounds: ['terms_breach'] });
  expect(locked?.personal.reveal().phone).toBeUndefined();
});
