// `npm run demo:revoke`: an auth server and the orders service beside it, and six lines to try.
import { administrator as admin, application, expectFree, Services } from './demo/services.mjs';

const issuer = 'http://localhost:3000';
const orders = 'http://localhost:4000';
const services = new Services(issuer, orders);

process.on('SIGINT', () => void stop(0));
process.on('SIGTERM', () => void stop(0));

try {
  await expectFree({ 'the auth server': 3000, 'the orders service': 4000 });
  await services.startServer();
  // The service, and the application that people log in to, whose tokens are meant for it.
  const [secret] = await services.register([
    { ...application(), id: 'orders-service', name: 'Orders service', resourceServer: true },
    { ...application(), id: 'orders-web', name: 'Orders' },
  ]);
  await services.startOrders(secret);
  process.stdout.write(instructions());
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  await stop(1);
}

function instructions() {
  const json = `-H 'content-type: application/json'`;
  const login = (who, extra = '') =>
    `$(curl -s ${issuer}/auth/login ${json} -d '{"email":"${who.email}","password":"${who.password}"${extra}}' | node -pe 'JSON.parse(require("fs").readFileSync(0)).accessToken')`;
  const user = { email: 'mia@example.com', password: 'a long enough passphrase' };
  return `
The auth server is at ${issuer}, the orders service at ${orders}. Try, in another terminal:

1. Mia signs up
   curl -s ${issuer}/auth/register ${json} -d '{"email":"${user.email}","password":"${user.password}"}'
2. Mia logs in to the orders application
   TOKEN=${login(user, ',"application":"orders-web"')}
3. Mia orders something from the other service, which answers with her token, slid when it is 10 s old
   curl -si ${orders}/orders -H "authorization: Bearer $TOKEN" ${json} -d '{"item":"a drawbridge"}'
4. An administrator logs in, and finds Mia
   ADMIN=${login(admin)}; MIA=$(curl -s "${issuer}/admin/users?search=${user.email}" -H "authorization: Bearer $ADMIN" | node -pe 'JSON.parse(require("fs").readFileSync(0)).users[0].id')
5. … and suspends her
   curl -s ${issuer}/admin/users/$MIA/suspend -H "authorization: Bearer $ADMIN" ${json} -d '{"reason":"fraud"}'
6. From that answer on, both refuse every token that Mia ever had
   curl -si ${orders}/orders -H "authorization: Bearer $TOKEN"; curl -si ${issuer}/users/me -H "authorization: Bearer $TOKEN"

Ctrl-C stops both.
`;
}

async function stop(code) {
  await services.stop();
  process.exit(code);
}
