// A certified OpenID provider on this machine, with people of its own: `node provider.mjs PORT CLIENT_KEYS REDIRECT BACKCHANNEL HOME`.
// It prints "ready" when it answers. Its sign-in page is the one that comes with it for development: any name, any password.

import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';

const require = createRequire(new URL('./package.json', import.meta.url));
const { default: Provider } = await import(require.resolve('oidc-provider'));
const [port, keys, redirect, backchannel, home] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;

/** Who there is, by the name they type. */
const PEOPLE = {
  olivia: { name: 'Olivia Officer', groups: ['desk-officers', 'everybody'] },
  vera: { name: 'Vera Supervisor', groups: ['desk-watch', 'everybody'] },
  nora: { name: 'Nora Nobody', groups: ['everybody'] },
};

/** A key of its own, under a new name each time: a provider that starts again has other keys. */
function signing() {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { ...privateKey.export({ format: 'jwk' }), kid: randomUUID(), alg: 'RS256', use: 'sig' };
}

const provider = new Provider(issuer, {
  clients: [{
    client_id: 'anteroom',
    redirect_uris: [redirect],
    post_logout_redirect_uris: [home],
    backchannel_logout_uri: backchannel,
    backchannel_logout_session_required: true,
    grant_types: ['authorization_code'],
    response_types: ['code'],
    token_endpoint_auth_method: 'private_key_jwt',
    jwks: JSON.parse(keys),
  }],
  jwks: { keys: [signing()] },
  cookies: { keys: [randomUUID()] },
  claims: { openid: ['sub', 'acr', 'auth_time'], profile: ['name', 'preferred_username', 'groups'] },
  conformIdTokenClaims: false,
  // It would ask no server on a machine's own address; ours is there.
  fetch: (url, { dispatcher, ...options }) => fetch(url, options),
  pkce: { required: () => true },
  features: {
    devInteractions: { enabled: true },
    backchannelLogout: { enabled: true },
    rpInitiatedLogout: { enabled: true },
  },
  async findAccount(_, id) {
    const person = PEOPLE[id];
    return person && { accountId: id, claims: async () => ({ sub: id, preferred_username: id, ...person }) };
  },
  async loadExistingGrant(ctx) {
    // Staff are not asked whether their own desk may know their name.
    const grant = new ctx.oidc.provider.Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId });
    grant.addOIDCScope('openid profile');
    await grant.save();
    return grant;
  },
});
for (const trouble of ['server_error', 'backchannel.error']) provider.on(trouble, (_, error) => console.error(error));
provider.listen(Number(port), '127.0.0.1', () => console.log('ready'));
