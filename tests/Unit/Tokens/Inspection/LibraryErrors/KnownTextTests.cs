using System.Reflection;
using Dashboard.Core.Tokens.Inspection.LibraryErrors;

namespace Dashboard.Tests.Unit.Tokens.Inspection.LibraryErrors;

/// <summary>Every known text, as it stands in a log, an answer or a stack trace.</summary>
public sealed class KnownTextTests
{
    [Theory]
    [InlineData("go-jose-expired", "2026/03/01 12:00:00 http: token rejected: go-jose/go-jose/jwt: validation failed, token is expired (exp)")]
    [InlineData("go-jose-not-yet-valid", "level=warn msg=\"unauthorized\" err=\"square/go-jose/jwt: validation failed, token not valid yet (nbf)\" path=/v1")]
    [InlineData("go-jose-issued-in-future", "{\"level\":\"error\",\"error\":\"go-jose/go-jose/jwt: validation field, token issued in the future (iat)\"}")]
    [InlineData("go-jose-issuer", "unable to validate token claims: go-jose/go-jose/jwt: validation failed, invalid issuer claim (iss)")]
    [InlineData("go-jose-audience", "nodeattestor(azure_msi): unable to validate token claims: square/go-jose/jwt: validation failed, invalid audience claim (aud)")]
    [InlineData("go-jose-subject", "go-jose/go-jose/jwt: validation failed, invalid subject claim (sub)")]
    [InlineData("go-jose-id", "go-jose/go-jose/jwt: validation failed, invalid ID claim (jti)")]
    [InlineData("go-jose-numeric-date", "could not read claims: go-jose/go-jose/jwt: expected number value to unmarshal NumericDate")]
    [InlineData("go-jose-audience-format", "go-jose/go-jose/jwt: expected string or array value to unmarshal to Audience")]
    [InlineData("go-jose-content-type", "go-jose/go-jose/jwt: expected content type to be JWT (cty header)")]
    [InlineData("go-jose-crypto", "failed to verify id token signature: go-jose/go-jose: error in cryptographic primitive")]
    [InlineData("go-jose-parts", "oidc: malformed jwt: go-jose/go-jose: compact JWS format must have three parts")]
    [InlineData("go-jose-encrypted-parts", "square/go-jose: compact JWE format must have five parts")]
    [InlineData("go-jose-unsupported-algorithm", "go-jose/go-jose: unknown/unsupported algorithm")]
    [InlineData("go-jose-unsupported-key", "panic: go-jose/go-jose: unsupported key type/format\n\ngoroutine 1 [running]:")]
    [InlineData("go-jose-key-size", "go-jose/go-jose: invalid key size for algorithm")]
    [InlineData("go-jose-unknown-key", "{\"error\":\"go-jose/go-jose: JWK with matching kid not found in JWK Set\"}")]
    [InlineData("go-jose-unexpected-algorithm", "parse: unexpected signature algorithm \"HS256\"; expected [\"RS256\" \"ES256\"]")]
    public void GoJose_says(string id, string message) => AssertFound(id, message);

    [Theory]
    [InlineData("golang-jwt-expired", "invalid JWT: unable to parse or verify signature, token has invalid claims: token is expired")]
    [InlineData("golang-jwt-not-yet-valid", "token has invalid claims: token is not valid yet")]
    [InlineData("golang-jwt-used-before-issued", "{\"message\":\"invalid or expired jwt\",\"internal\":\"Token used before issued\"}")]
    [InlineData("golang-jwt-audience", "code=401, message=invalid or expired jwt, internal=token has invalid claims: token has invalid audience")]
    [InlineData("golang-jwt-issuer", "token has invalid claims: token has invalid issuer")]
    [InlineData("golang-jwt-subject", "token has invalid claims: token has invalid subject")]
    [InlineData("golang-jwt-missing-claim", "token has invalid claims: token is missing required claim: exp claim is required")]
    [InlineData("golang-jwt-segments", "error parsing token: token is malformed: token contains an invalid number of segments")]
    [InlineData("golang-jwt-bearer", "token is malformed: tokenstring should not contain 'bearer '")]
    [InlineData("golang-jwt-header", "token is malformed: could not base64 decode header: illegal base64 data at input byte 6")]
    [InlineData("golang-jwt-signature", "{\"level\":\"warn\",\"err\":\"token signature is invalid: signature is invalid\"}")]
    [InlineData("golang-jwt-rsa", "token signature is invalid: crypto/rsa: verification error")]
    [InlineData("golang-jwt-ecdsa", "time=12:00 err=\"crypto/ecdsa: verification error\"")]
    [InlineData("golang-jwt-method", "token signature is invalid: signing method HS256 is invalid")]
    [InlineData("golang-jwt-key-type", "token signature is invalid: key is of invalid type: RSA verify expects *rsa.PublicKey")]
    [InlineData("golang-jwt-unavailable-method", "token is unverifiable: signing method (alg) is unavailable")]
    [InlineData("golang-jwt-keyfunc", "token is unverifiable: error while executing keyfunc: the JWK Set did not contain a JWK with the KID")]
    [InlineData("golang-jwt-none", "token signature is invalid: 'none' signature type is not allowed")]
    public void GolangJwt_says(string id, string message) => AssertFound(id, message);

    [Theory]
    [InlineData("pyjwt-expired", "Traceback (most recent call last):\n  File \"api.py\", line 9, in check\njwt.exceptions.ExpiredSignatureError: Signature has expired")]
    [InlineData("pyjwt-not-yet-valid", "jwt.exceptions.ImmatureSignatureError: The token is not yet valid (nbf)")]
    [InlineData("pyjwt-issued-in-future", "ImmatureSignatureError('The token is not yet valid (iat)')")]
    [InlineData("pyjwt-audience", "jwt.exceptions.InvalidAudienceError: Audience doesn't match")]
    [InlineData("pyjwt-issuer", "{\"detail\": \"Invalid issuer\"}")]
    [InlineData("pyjwt-missing-claim", "{\"detail\": \"Token is missing the \\\"aud\\\" claim\"}")]
    [InlineData("pyjwt-signature", "jwt.exceptions.InvalidSignatureError: Signature verification failed")]
    [InlineData("pyjwt-algorithm", "jwt.exceptions.InvalidAlgorithmError: The specified alg value is not allowed")]
    [InlineData("pyjwt-unsupported-algorithm", "NotImplementedError: Algorithm 'RS256' could not be found. Do you have cryptography installed?")]
    [InlineData("pyjwt-segments", "INFO: 401 Unauthorized\njwt.exceptions.DecodeError: Not enough segments")]
    [InlineData("pyjwt-header-padding", "DecodeError: Invalid header padding")]
    [InlineData("pyjwt-header-string", "jwt.exceptions.DecodeError: Invalid header string: 'utf-8' codec can't decode byte 0x9a in position 0")]
    [InlineData("pyjwt-payload-padding", "jwt.exceptions.DecodeError: Invalid payload padding")]
    [InlineData("pyjwt-crypto-padding", "jwt.exceptions.DecodeError: Invalid crypto padding")]
    [InlineData("pyjwt-token-type", "jwt.exceptions.DecodeError: Invalid token type. Token must be a <class 'bytes'>")]
    [InlineData("pyjwt-no-algorithms", "jwt.exceptions.DecodeError: It is required that you pass in a value for the \"algorithms\" argument when calling decode().")]
    [InlineData("pyjwt-unknown-key", "jwt.exceptions.PyJWKClientError: Unable to find a signing key that matches: \"2026-03\"")]
    [InlineData("pyjwt-keys-unreachable", "Fail to fetch data from the url, err: \"<urlopen error [Errno 111] Connection refused>\"")]
    [InlineData("pyjwt-no-signing-keys", "jwt.exceptions.PyJWKClientError: The JWKS endpoint did not contain any signing keys")]
    [InlineData("pyjwt-subject", "jwt.exceptions.InvalidSubjectError: Subject must be a string")]
    [InlineData("pyjwt-pem-as-secret", "jwt.exceptions.InvalidKeyError: The specified key is an asymmetric key or x509 certificate and should not be used as an HMAC secret.")]
    public void PyJwt_says(string id, string message) => AssertFound(id, message);

    [Theory]
    [InlineData("jsonwebtoken-expired", "TokenExpiredError: jwt expired\n    at /app/node_modules/jsonwebtoken/verify.js:190:21 {\n  expiredAt: 2026-03-01T12:00:00.000Z\n}")]
    [InlineData("jsonwebtoken-not-active", "NotBeforeError: jwt not active\n    at /app/node_modules/jsonwebtoken/verify.js:176:21")]
    [InlineData("jsonwebtoken-max-age", "TokenExpiredError: maxAge exceeded")]
    [InlineData("jsonwebtoken-malformed", "{\"statusCode\":401,\"message\":\"jwt malformed\"}")]
    [InlineData("jsonwebtoken-missing", "JsonWebTokenError: jwt must be provided")]
    [InlineData("jsonwebtoken-not-a-string", "JsonWebTokenError: jwt must be a string")]
    [InlineData("jsonwebtoken-unsigned", "JsonWebTokenError: jwt signature is required")]
    [InlineData("jsonwebtoken-no-key", "UnauthorizedError: secret or public key must be provided")]
    [InlineData("jsonwebtoken-key-callback", "JsonWebTokenError: error in secret or public key callback: Unable to find a key in the set")]
    [InlineData("jsonwebtoken-invalid-token", "JsonWebTokenError: invalid token\n    at module.exports [as verify]")]
    [InlineData("jsonwebtoken-algorithm", "{\"name\":\"JsonWebTokenError\",\"message\":\"invalid algorithm\"}")]
    [InlineData("jsonwebtoken-signature", "JsonWebTokenError: invalid signature\n    at /app/node_modules/jsonwebtoken/verify.js:171:19")]
    [InlineData("jsonwebtoken-audience", "JsonWebTokenError: jwt audience invalid. expected: https://api.example.com")]
    [InlineData("jsonwebtoken-issuer", "JsonWebTokenError: jwt issuer invalid. expected: https://signet.example.com")]
    [InlineData("jsonwebtoken-subject", "JsonWebTokenError: jwt subject invalid. expected: alice")]
    [InlineData("jsonwebtoken-id", "JsonWebTokenError: jwt jwtid invalid. expected: 42")]
    [InlineData("jsonwebtoken-no-issued-at", "JsonWebTokenError: iat required when maxAge is specified")]
    [InlineData("jsonwebtoken-times", "JsonWebTokenError: invalid exp value")]
    [InlineData("jsonwebtoken-asymmetric-key", "JsonWebTokenError: secretOrPublicKey must be an asymmetric key when using ES256")]
    [InlineData("jsonwebtoken-symmetric-key", "JsonWebTokenError: secretOrPublicKey must be a symmetric key when using HS256")]
    public void JsonWebToken_says(string id, string message) => AssertFound(id, message);

    [Theory]
    [InlineData("jose-expired", "JWTExpired: \"exp\" claim timestamp check failed\n    at validateClaimsSet {\n  code: 'ERR_JWT_EXPIRED',\n  claim: 'exp'\n}")]
    [InlineData("jose-not-yet-valid", "{\"error\":\"\\\"nbf\\\" claim timestamp check failed\"}")]
    [InlineData("jose-too-old", "JWTExpired: \"iat\" claim timestamp check failed (too far in the past)")]
    [InlineData("jose-issued-in-future", "JWTClaimValidationFailed: \"iat\" claim timestamp check failed (it should be in the past)")]
    [InlineData("jose-issuer", "JWTClaimValidationFailed: unexpected \"iss\" claim value")]
    [InlineData("jose-audience", "<p>unexpected &quot;aud&quot; claim value</p>")]
    [InlineData("jose-subject", "JWTClaimValidationFailed: unexpected \"sub\" claim value")]
    [InlineData("jose-type", "JWTClaimValidationFailed: unexpected \"typ\" JWT header value")]
    [InlineData("jose-missing-claim", "JWTClaimValidationFailed: missing required \"aud\" claim")]
    [InlineData("jose-times", "JWTClaimValidationFailed: \"iat\" claim must be a number")]
    [InlineData("jose-claims-set", "JWTInvalid: JWT Claims Set must be a top-level JSON object")]
    [InlineData("jose-signature", "JWSSignatureVerificationFailed: signature verification failed\n  code: 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED'")]
    [InlineData("jose-compact", "HTTP 400 — Invalid Compact JWS")]
    [InlineData("jose-protected-header", "JWSInvalid: JWS Protected Header is invalid")]
    [InlineData("jose-no-algorithm", "JWSInvalid: JWS \"alg\" (Algorithm) Header Parameter missing or invalid")]
    [InlineData("jose-algorithm", "JOSEAlgNotAllowed: \"alg\" (Algorithm) Header Parameter value not allowed")]
    [InlineData("jose-unknown-key", "JWKSNoMatchingKey: no applicable key found in the JSON Web Key Set")]
    [InlineData("jose-many-keys", "multiple matching keys found in the JSON Web Key Set")]
    [InlineData("jose-keys-timeout", "JWKSTimeout: request timed out")]
    [InlineData("jose-keys-answer", "JOSEError: Expected 200 OK from the JSON Web Key Set HTTP response")]
    [InlineData("jose-key-type", "TypeError: Key for the ES256 algorithm must be one of type CryptoKey, KeyObject, or JSON Web Key. Received undefined")]
    public void Jose_says(string id, string message) => AssertFound(id, message);

    [Theory]
    [InlineData("java-jwt-expired", "com.auth0.jwt.exceptions.TokenExpiredException: The Token has expired on 2026-03-01T12:00:00Z.\n\tat com.auth0.jwt.JWTVerifier")]
    [InlineData("java-jwt-not-yet-valid", "com.auth0.jwt.exceptions.IncorrectClaimException: The Token can't be used before 2026-03-01T12:00:00Z.")]
    [InlineData("java-jwt-signature", "com.auth0.jwt.exceptions.SignatureVerificationException: The Token's Signature resulted invalid when verified using the Algorithm: SHA256withRSA")]
    [InlineData("java-jwt-algorithm", "The provided Algorithm doesn't match the one defined in the JWT's Header.")]
    [InlineData("java-jwt-audience", "Provided JWT failed verification: The Claim 'aud' value doesn't contain the required audience.")]
    [InlineData("java-jwt-issuer", "{\"message\":\"The Claim \\u0027iss\\u0027 value doesn\\u0027t match the required issuer.\"}")]
    [InlineData("java-jwt-claim", "IncorrectClaimException: The Claim 'tenant' value doesn't match the required one.")]
    [InlineData("java-jwt-missing-claim", "com.auth0.jwt.exceptions.MissingClaimException: The Claim 'aud' is not present in the JWT.")]
    [InlineData("java-jwt-parts", "com.auth0.jwt.exceptions.JWTDecodeException: The token was expected to have 3 parts, but got 1.")]
    [InlineData("java-jwt-missing", "com.auth0.jwt.exceptions.JWTDecodeException: The token is null.")]
    [InlineData("java-jwt-json", "JWTDecodeException: The string '{\"typ' doesn't have a valid JSON format.")]
    [InlineData("java-jwt-base64", "JWTDecodeException: The input is not a valid base 64 encoded string.")]
    public void JavaJwt_says(string id, string message) => AssertFound(id, message);

    [Theory]
    [InlineData("jjwt-expired", "io.jsonwebtoken.ExpiredJwtException: JWT expired 3600123 milliseconds ago at 2026-03-01T12:00:00.000Z. Current time: 2026-03-01T13:00:00.123Z. Allowed clock skew: 0 milliseconds.")]
    [InlineData("jjwt-not-yet-valid", "JWT early by 5000 milliseconds before 2026-03-01T12:00:00.000Z. Current time: 2026-03-01T11:59:55.000Z. Allowed clock skew: 0 milliseconds.")]
    [InlineData("jjwt-signature", "io.jsonwebtoken.security.SignatureException: JWT signature does not match locally computed signature. JWT validity cannot be asserted and should not be trusted.")]
    [InlineData("jjwt-periods", "io.jsonwebtoken.MalformedJwtException: JWT strings must contain exactly 2 period characters. Found: 0")]
    [InlineData("jjwt-missing", "java.lang.IllegalArgumentException: JWT String argument cannot be null or empty.")]
    [InlineData("jjwt-claim", "io.jsonwebtoken.IncorrectClaimException: Expected tenant claim to be: blue, but was: green.")]
    [InlineData("jjwt-issuer", "io.jsonwebtoken.IncorrectClaimException: Expected iss claim to be: https://a.example, but was: https://b.example.")]
    [InlineData("jjwt-audience", "Missing expected 'api' value in 'aud' claim [other].")]
    [InlineData("jjwt-missing-claim", "io.jsonwebtoken.MissingClaimException: Expected tenant claim to be: blue, but was not present in the JWT claims.")]
    [InlineData("jjwt-unknown-key", "{\"status\":500,\"message\":\"Cannot verify JWS signature: unable to locate signature verification key for JWS with header: {alg=HS256, typ=JWT}\"}")]
    [InlineData("jjwt-unsecured", "UnsupportedJwtException: Unsecured JWSs (those with an 'alg' (Algorithm) header value of 'none') are disallowed by default as mandated by RFC 7518")]
    [InlineData("jjwt-no-algorithm", "MalformedJwtException: JWS header does not contain a required 'alg' (Algorithm) header parameter.  This header parameter is mandatory")]
    [InlineData("jjwt-algorithm", "io.jsonwebtoken.security.SignatureException: Unsupported signature algorithm 'XS256'")]
    [InlineData("jjwt-json", "io.jsonwebtoken.MalformedJwtException: Unable to read JSON value: {\"alg\":\"HS7")]
    [InlineData("jjwt-weak-key", "WeakKeyException: The verification key's size is 48 bits which is not secure enough for the HS256 algorithm.")]
    public void Jjwt_says(string id, string message) => AssertFound(id, message);

    [Theory]
    [InlineData("nimbus-expired", "com.nimbusds.jwt.proc.BadJWTException: Expired JWT")]
    [InlineData("nimbus-not-yet-valid", "com.nimbusds.jwt.proc.BadJWTException: JWT before use time")]
    [InlineData("nimbus-unknown-key", "An error occurred while attempting to decode the Jwt: Signed JWT rejected: Another algorithm expected, or no matching key(s) found")]
    [InlineData("nimbus-signature", "BadJWSException: Signed JWT rejected: Invalid signature")]
    [InlineData("nimbus-type-missing", "Required JOSE header typ (type) parameter is missing")]
    [InlineData("nimbus-type", "BadJOSEException: JOSE header typ (type) at+jwt not allowed")]
    [InlineData("nimbus-audience", "BadJWTException: JWT audience rejected: [other]")]
    [InlineData("nimbus-issuer", "BadJWTException: JWT iss claim has value https://b.example, must be https://a.example")]
    [InlineData("nimbus-missing-claims", "BadJWTException: JWT missing required claims: [sub, aud]")]
    [InlineData("nimbus-prohibited-claims", "BadJWTException: JWT has prohibited claims: [nonce]")]
    [InlineData("nimbus-unsecured", "BadJOSEException: Unsecured (plain) JWTs are rejected, extend class to handle")]
    [InlineData("nimbus-parts", "java.text.ParseException: Invalid serialized unsecured/JWS/JWE object: Missing part delimiters")]
    [InlineData("nimbus-header", "java.text.ParseException: Invalid unsecured/JWS/JWE header: Invalid JSON object")]
    [InlineData("nimbus-keys-unreachable", "RemoteKeySourceException: Couldn't retrieve remote JWK set: Connection refused")]
    public void Nimbus_says(string id, string message) => AssertFound(id, message);

    [Theory]
    [InlineData("spring-expired", "WWW-Authenticate: Bearer error=\"invalid_token\", error_description=\"An error occurred while attempting to decode the Jwt: Jwt expired at 2026-03-01T12:00:00Z\"")]
    [InlineData("spring-not-yet-valid", "error_description=\"Jwt used before 2026-03-01T12:00:00Z\"")]
    [InlineData("spring-issuer", "DEBUG o.s.s.oauth2.jwt.JwtClaimValidator : The iss claim is not valid")]
    [InlineData("spring-audience", "An error occurred while attempting to decode the Jwt: The aud claim is not valid")]
    [InlineData("spring-malformed", "An error occurred while attempting to decode the Jwt: Malformed token")]
    [InlineData("spring-bearer", "error=\"invalid_token\", error_description=\"Bearer token is malformed\"")]
    [InlineData("spring-two-tokens", "error=\"invalid_request\", error_description=\"Found multiple bearer tokens in the request\"")]
    public void SpringSecurity_says(string id, string message) => AssertFound(id, message);

    [Theory]
    [InlineData("dotnet-idx10000", "IDX10000: The parameter 'token' cannot be a 'null' or an empty object. (Parameter 'token')")]
    [InlineData("dotnet-idx10204", "IDX10204: Unable to validate issuer. validationParameters.ValidIssuer is null or whitespace AND validationParameters.ValidIssuers is null or empty.")]
    [InlineData("dotnet-idx10205", "info: JwtBearerHandler[7]\n      Bearer was not authenticated. Failure message: IDX10205: Issuer validation failed. Issuer: 'https://b.example'. Did not match: validationParameters.ValidIssuer: 'https://a.example' or validationParameters.ValidIssuers: 'null'.")]
    [InlineData("dotnet-idx10206", "IDX10206: Unable to validate audience. The 'audiences' parameter is empty.")]
    [InlineData("dotnet-idx10207", "IDX10207: Unable to validate audience. The 'audiences' parameter is null.")]
    [InlineData("dotnet-idx10208", "IDX10208: Unable to validate audience. validationParameters.ValidAudience is null or whitespace and validationParameters.ValidAudiences is null.")]
    [InlineData("dotnet-idx10209", "IDX10209: Token has length: '300000' which is larger than the MaximumTokenSizeInBytes: '256000'.")]
    [InlineData("dotnet-idx10211", "IDX10211: Unable to validate issuer. The 'issuer' parameter is null or whitespace.")]
    [InlineData("dotnet-idx10214", "Microsoft.IdentityModel.Tokens.SecurityTokenInvalidAudienceException: IDX10214: Audience validation failed. Audiences: 'other'. Did not match: validationParameters.ValidAudience: 'api' or validationParameters.ValidAudiences: 'null'.")]
    [InlineData("dotnet-idx10222", "IDX10222: Lifetime validation failed. The token is not yet valid. ValidFrom (UTC): '3/1/2026 12:00:00 PM', Current time (UTC): '3/1/2026 11:00:00 AM'.")]
    [InlineData("dotnet-idx10223", "Microsoft.IdentityModel.Tokens.SecurityTokenExpiredException: IDX10223: Lifetime validation failed. The token is expired. ValidTo (UTC): '3/1/2026 12:00:00 PM', Current time (UTC): '3/1/2026 1:00:00 PM'.\n   at Microsoft.IdentityModel.Tokens.Validators.ValidateLifetime")]
    [InlineData("dotnet-idx10224", "IDX10224: Lifetime validation failed. The NotBefore (UTC): '3/2/2026' is after Expires (UTC): '3/1/2026'.")]
    [InlineData("dotnet-idx10225", "IDX10225: Lifetime validation failed. The token is missing an Expiration Time. Tokentype: 'Microsoft.IdentityModel.JsonWebTokens.JsonWebToken'.")]
    [InlineData("dotnet-idx10228", "IDX10228: The securityToken has previously been validated, securityToken: '[PII is hidden]'.")]
    [InlineData("dotnet-idx10230", "IDX10230: Lifetime validation failed. Delegate returned false, securitytoken: '[PII is hidden]'.")]
    [InlineData("dotnet-idx10231", "IDX10231: Audience validation failed. Delegate returned false, securitytoken: '[PII is hidden]'.")]
    [InlineData("dotnet-idx10249", "IDX10249: X509SecurityKey validation failed. The associated certificate has expired. ValidTo (UTC): '1/1/2026', Current time (UTC): '3/1/2026'.")]
    [InlineData("dotnet-idx10256", "IDX10256: Unable to validate the token type. TokenValidationParameters.ValidTypes is set, but the 'typ' header claim is null or empty.")]
    [InlineData("dotnet-idx10257", "IDX10257: Token type validation failed. Type: 'JWT'. Did not match: validationParameters.TokenTypes: 'at+jwt'.")]
    [InlineData("dotnet-idx10400", "IDX10400: Unable to decode: '[PII is hidden]' as Base64url encoded string.")]
    [InlineData("dotnet-idx10500", "error_description=\"IDX10500: Signature validation failed. No security keys were provided to validate the signature.\"")]
    [InlineData("dotnet-idx10501", "IDX10501: Signature validation failed. Unable to match key: \nkid: '2026-03'.\nExceptions caught:\n ''.")]
    [InlineData("dotnet-idx10503", "IDX10503: Signature validation failed. The token's kid is: '2026-03', but did not match any keys in TokenValidationParameters or Configuration. Keys tried: 'None'.")]
    [InlineData("dotnet-idx10504", "IDX10504: Unable to validate signature, token does not have a signature: '[PII is hidden]'.")]
    [InlineData("dotnet-idx10506", "IDX10506: Signature validation failed. The user defined 'Delegate' specified on TokenValidationParameters did not return a 'Microsoft.IdentityModel.JsonWebTokens.JsonWebToken', but returned a 'System.IdentityModel.Tokens.Jwt.JwtSecurityToken' when validating token: '[PII is hidden]'.")]
    [InlineData("dotnet-idx10508", "IDX10508: Signature validation failed. Signature is improperly formatted.")]
    [InlineData("dotnet-idx10511", "IDX10511: Signature validation failed. Keys tried: 'Microsoft.IdentityModel.Tokens.RsaSecurityKey, KeyId: 2026-03'. \nNumber of keys in TokenValidationParameters: '0'. \nMatched key was in 'Configuration'.")]
    [InlineData("dotnet-idx10516", "IDX10516: Signature validation failed. Unable to match key: \nkid: '2026-03'.")]
    [InlineData("dotnet-idx10517", "Token validation failed: IDX10517: Signature validation failed. The token's kid is missing. Keys tried: 'Microsoft.IdentityModel.Tokens.SymmetricSecurityKey, KeyId: '''.")]
    [InlineData("dotnet-idx10603", "IDX10603: Decryption failed. Keys tried: 'none'.")]
    [InlineData("dotnet-idx10609", "IDX10609: Decryption failed. No Keys tried: token: '[PII is hidden]'.")]
    [InlineData("dotnet-idx10634", "IDX10634: Unable to create the SignatureProvider.\nAlgorithm: 'HS256', SecurityKey: 'Microsoft.IdentityModel.Tokens.RsaSecurityKey'\n is not supported.")]
    [InlineData("dotnet-idx10653", "IDX10653: The encryption algorithm 'HS256' requires a key size of at least '128' bits. Key 'SymmetricSecurityKey', is of size: '64'.")]
    [InlineData("dotnet-idx10696", "IDX10696: The algorithm 'HS256' is not in the user-defined accepted list of algorithms.")]
    [InlineData("dotnet-idx10720", "System.ArgumentOutOfRangeException: IDX10720: Unable to create KeyedHashAlgorithm for algorithm 'HS256', the key size must be greater than: '256' bits, key has '160' bits. (Parameter 'keyBytes')")]
    [InlineData("dotnet-idx12709", "IDX12709: CanReadToken() returned false. JWT is not well formed.\nThe token needs to be in JWS or JWE Compact Serialization Format.")]
    [InlineData("dotnet-idx12723", "IDX12723: Unable to decode the payload '[PII is hidden]' as Base64Url encoded string.")]
    [InlineData("dotnet-idx12729", "IDX12729: Unable to decode the header '[PII is hidden]' as Base64Url encoded string.")]
    [InlineData("dotnet-idx12741", "SecurityTokenMalformedException: IDX12741: JWT must have three segments (JWS) or five segments (JWE).")]
    [InlineData("dotnet-idx14100", "SecurityTokenMalformedException: IDX14100: JWT is not well formed, there are no dots (.).\nThe token needs to be in JWS or JWE Compact Serialization Format.")]
    [InlineData("dotnet-idx14101", "IDX14101: Unable to decode the payload '[PII is hidden]' as Base64Url encoded string.")]
    [InlineData("dotnet-idx14102", "IDX14102: Unable to decode the header '[PII is hidden]' as Base64Url encoded string.")]
    [InlineData("dotnet-idx14120", "IDX14120: JWT is not well formed, there is only one dot (.).")]
    [InlineData("dotnet-idx20108", "IDX20108: The address specified 'http://signet.example.com' is not valid as per HTTPS scheme. Please specify an https address for security reasons.")]
    [InlineData("dotnet-idx20803", "System.InvalidOperationException: IDX20803: Unable to obtain configuration from: 'https://signet.example.com/.well-known/openid-configuration'. Will retry at '3/1/2026'.")]
    [InlineData("dotnet-idx20804", "System.IO.IOException: IDX20804: Unable to retrieve document from: 'https://signet.example.com/.well-known/openid-configuration'.\n ---> System.Net.Http.HttpRequestException: Connection refused")]
    [InlineData("dotnet-idx20807", "IDX20807: Unable to retrieve document from: 'https://signet.example.com'. HttpResponseMessage: 'StatusCode: 404', HttpResponseMessage.Content: ''.")]
    [InlineData("dotnet-idx40001", "IDX40001: Issuer: 'https://sts.example.com/', does not match any of the valid issuers provided for this application.")]
    public void IdentityModel_says(string id, string message) => AssertFound(id, message);

    [Theory]
    [InlineData("livekit-connection", "ConnectionError: could not establish signal connection: invalid token")]
    [InlineData("livekit-authorization-token", "401 Unauthorized\ninvalid authorization token")]
    [InlineData("livekit-authorization-header", "twirp error: 401 invalid authorization header. Must start with Bearer ")]
    [InlineData("livekit-api-key", "{\"msg\":\"invalid API key\"}")]
    [InlineData("livekit-permissions", "permissions denied")]
    [InlineData("livekit-identity", "Error: identity is required for join but not set\n    at AccessToken.toJwt")]
    public void LiveKit_says(string id, string message) => AssertFound(id, message);

    [Fact]
    public void What_the_browser_shows_is_found_with_its_reason() => Assert.Equal(
        ["livekit-connection", "go-jose-expired"],
        LibraryErrorCatalogue.FindIn(
            "could not establish signal connection: invalid token: go-jose/go-jose/jwt: validation failed, token is expired (exp)")
            .Select(error => error.Id));

    [Fact]
    public void Every_known_text_has_its_row() => Assert.Equal(
        LibraryErrorCatalogue.All.Select(error => error.Id).Order(StringComparer.Ordinal),
        typeof(KnownTextTests).GetMethods()
            .SelectMany(method => method.GetCustomAttributes<InlineDataAttribute>())
            .Select(row => (string)row.Data[0]!)
            .Order(StringComparer.Ordinal));

    [Fact]
    public void Known_texts_are_many_and_say_what_helps()
    {
        Assert.True(LibraryErrorCatalogue.All.Count >= 70);
        Assert.All(LibraryErrorCatalogue.All, error =>
        {
            Assert.EndsWith(".", error.Cause, StringComparison.Ordinal);
            Assert.EndsWith(".", error.Cure, StringComparison.Ordinal);
            Assert.Equal([error], LibraryErrorCatalogue.Search(error.SearchText));
            Assert.Same(error, LibraryErrorCatalogue.FindById(error.Id));
        });
    }

    private static void AssertFound(string id, string message) =>
        Assert.Equal([id], LibraryErrorCatalogue.FindIn(message).Select(error => error.Id));
}
