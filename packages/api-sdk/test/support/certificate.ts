/** The certificate of a client; `openssl` computed its thumbprint. Nobody has its key any more. */
export const certificate = {
  pem: `-----BEGIN CERTIFICATE-----
MIIBeTCCAR+gAwIBAgIUDYw7GxfDfIAvdlqOzmRPw2PE8/8wCgYIKoZIzj0EAwIw
ETEPMA0GA1UEAwwGY2xpZW50MCAXDTI2MTEyNzEyNTM0OVoYDzIxMjYxMTAzMTI1
MzQ5WjARMQ8wDQYDVQQDDAZjbGllbnQwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNC
AAQG8vNy9nQ8R3ZbtWWFR9Kl0nJsLlmctxb4kOBCUoNGzNwqfjiczXmYmGNSc9ph
aPxY0rCpf8VPkioJ/bNGs9aFo1MwUTAdBgNVHQ4EFgQUun1ENG+ctD50Df0BQjSM
4daajDcwHwYDVR0jBBgwFoAUun1ENG+ctD50Df0BQjSM4daajDcwDwYDVR0TAQH/
BAUwAwEB/zAKBggqhkjOPQQDAgNIADBFAiAL9JpTRheAL4IgOMjtquDnwIgcz2ED
jpibspG5sWQi2wIhAKOUWVdxMEiu1yHrMoTBCL6e0pZFeYMu14or7eYGUgFX
-----END CERTIFICATE-----`,
  thumbprint: '6Ji75w6fZ-rpcD4O7GLr2yxJhPunurTasjPKaVnygew',
} as const
