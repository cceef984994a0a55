// Services of others for uploads: two token servers, and a form parser behind HTTPS. Prints their ports as one line of JSON, then
// one line for each file that the parser took out of a form. Ends with its standard input.

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createPublicKey } from "node:crypto";
import { createServer } from "node:https";

import busboy from "busboy";
import { OAuth2Server } from "oauth2-mock-server";
import { Provider } from "oidc-provider";

const [keyFile, certificateFile, appFile, tenant, app, secret, resource] = process.argv.slice(2);
const tls = { key: readFileSync(keyFile), cert: readFileSync(certificateFile) };
const listening = (server) => new Promise((done) => server.listen(0, "127.0.0.1", () => done(server.address().port)));

// Lax: issues a token to anybody.
const lax = new OAuth2Server(keyFile, certificateFile, { endpoints: { token: `/${tenant}/oauth2/token` } });
await lax.issuer.keys.generate("RS256");
await lax.start(0, "127.0.0.1");

// Strict: wants the right secret or a signed statement, and knows which resources there are. One provider for each way to sign in.
const jwk = { ...createPublicKey(readFileSync(appFile)).export({ format: "jwk" }), use: "sig", alg: "RS256" };
const strict = async (client) => {
    const handler = { use: undefined };
    const server = createServer(tls, (request, response) => handler.use(request, response));
    const port = await listening(server);
    const provider = new Provider(`https://localhost:${port}`, {
        clients: [{ client_id: app, grant_types: ["client_credentials"], redirect_uris: [], response_types: [], ...client }],
        routes: { token: `/${tenant}/oauth2/token` },
        features: {
            clientCredentials: { enabled: true },
            devInteractions: { enabled: false },
            resourceIndicators: {
                enabled: true,
                getResourceServerInfo: (_, wanted) => {
                    if (wanted !== resource) throw new Error(`unknown resource ${wanted}`);
                    return { scope: "", audience: wanted, accessTokenFormat: "jwt", accessTokenTTL: 600 };
                },
            },
        },
    });
    provider.on("server_error", (_, error) => console.error(error));
    handler.use = provider.callback();
    return port;
};
const bySecret = await strict({ client_secret: secret, token_endpoint_auth_method: "client_secret_post" });
const byKey = await strict({ token_endpoint_auth_method: "private_key_jwt", jwks: { keys: [jwk] } });

// Takes forms apart.
const parser = createServer(tls, (request, response) => {
    const form = busboy({ headers: request.headers });
    form.on("file", (name, file, about) => {
        const digest = createHash("sha256");
        let bytes = 0;
        file.on("data", (part) => {
            digest.update(part);
            bytes += part.length;
        });
        file.on("end", () => {
            const found = { parser: "busboy", field: name, filename: about.filename, bytes, sha256: digest.digest("hex") };
            console.log(JSON.stringify(found));
        });
    });
    form.on("close", () => response.writeHead(202).end());
    form.on("error", (error) => response.writeHead(400).end(String(error)));
    request.pipe(form);
});
console.log(JSON.stringify({ lax: lax.address().port, bySecret, byKey, busboy: await listening(parser) }));
process.stdin.on("end", () => process.exit(0)).resume();
