using Dashboard.Core.Clients;
using Dashboard.Core.Clients.Metadata;
using Dashboard.Core.Keys;
using Dashboard.Core.Primitives;
using Dashboard.Core.Tokens;

namespace Dashboard.Tests.Unit.Clients.Metadata;

/// <summary>What a registration must look like, apart from where its answers go.</summary>
public sealed class ClientMetadataRulesTests
{
    [Fact]
    public void Good_registrations_have_no_fault()
    {
        Assert.Empty(FaultsOf(Drafts.Web()));
        Assert.Empty(FaultsOf(Drafts.Service()));
        Assert.Empty(FaultsOf(Drafts.Web() with { AuthMethod = ClientAuthMethod.None, GrantTypes = [GrantTypes.AuthorizationCode] }));
        Assert.Empty(FaultsOf(WithKeys(Drafts.Set(Drafts.EcKey())) with { AuthMethod = ClientAuthMethod.PrivateKeyJwt }));
        Assert.Empty(FaultsOf(WithDetails(new ClientDetails
        {
            ClientUri = "https://example.com/about",
            LogoUri = "https://cdn.example.com/logo.svg",
            TosUri = "https://example.com/tos",
            PolicyUri = "https://example.com/privacy",
            Contacts = ["ops@example.com"],
            SoftwareId = "4NRB1-0XZABZI9E6-5SM3R",
            SoftwareVersion = "1.0",
            JwksUri = "https://example.com/jwks.json",
        })));
    }

    [Theory]
    [InlineData("", ClientAuthMethod.ClientSecretBasic)]
    [InlineData("password", ClientAuthMethod.ClientSecretBasic)]
    [InlineData("implicit", ClientAuthMethod.ClientSecretBasic)]
    [InlineData("AUTHORIZATION_CODE", ClientAuthMethod.ClientSecretBasic)]
    [InlineData("authorization_code authorization_code", ClientAuthMethod.ClientSecretBasic)]
    [InlineData("refresh_token", ClientAuthMethod.ClientSecretBasic)]
    [InlineData("client_credentials refresh_token", ClientAuthMethod.ClientSecretBasic)]
    [InlineData("client_credentials", ClientAuthMethod.None)]
    [InlineData("authorization_code client_credentials", ClientAuthMethod.None)]
    public void Grants_that_do_not_fit_are_refused(string grants, ClientAuthMethod method) => Assert.Equal(
        "grant_types",
        Assert.Single(FaultsOf(Drafts.Web() with
        {
            GrantTypes = grants.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            AuthMethod = method,
        })).Field);

    [Theory]
    [InlineData("Notes")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("=cmd|' /C calc'!A0")]
    [InlineData("Zażółć gęślą jaźń")]
    [InlineData("日本語のアプリ")]
    [InlineData("हिन्दी")]
    [InlineData("עברית")]
    [InlineData("Rocket \U0001F680")]
    [InlineData("q\u0331\u0332\u0333")]
    [InlineData("bi\u0307\u0301b")]
    [InlineData("x\u0331\u0301y")]
    public void Names_are_data_in_any_script(string name) => Assert.Empty(FaultsOf(Drafts.Web() with { Name = name }));

    [Theory]
    [InlineData("")]
    [InlineData(" Notes")]
    [InlineData("Notes ")]
    [InlineData("...")]
    [InlineData("Notes\u202Eexe")]
    [InlineData("Not\u200Bes")]
    [InlineData("Not\u00ADes")]
    [InlineData("\uFEFFNotes")]
    [InlineData("Not\u2066es")]
    [InlineData("Not\nes")]
    [InlineData("Not\0es")]
    [InlineData("Not\u2028es")]
    [InlineData("Not\u2029es")]
    [InlineData("Not\u00A0es")]
    [InlineData("Not\u3164es")]
    [InlineData("Not\uE000es")]
    [InlineData("Not\uFFFFes")]
    [InlineData("Not\uD800es")]
    [InlineData("Not\U000E0041es")]
    [InlineData("Noteo\u0316\u0317\u0318\u0319s")]
    [InlineData("Cafe\u0301")]
    [InlineData("Cafe\u0331\u0301")]
    [InlineData("Cafex\u0301\u0331")]
    [InlineData("\u212Bngstrom")]
    [InlineData("\u1112\u1161\u11AB")]
    public void Names_that_hide_something_are_refused(string name)
    {
        Assert.Equal("client_name", Assert.Single(FaultsOf(Drafts.Web() with { Name = name })).Field);
        Assert.Equal("contacts[0]", Assert.Single(FaultsOf(WithDetails(new ClientDetails { Contacts = [name] }))).Field);
    }

    [Fact]
    public void Names_have_200_characters_and_contacts_are_ten()
    {
        Assert.Empty(FaultsOf(Drafts.Web() with { Name = new string('a', 200) }));
        Assert.Single(FaultsOf(Drafts.Web() with { Name = new string('a', 201) }));
        Assert.Single(FaultsOf(WithDetails(new ClientDetails { Contacts = [.. Enumerable.Repeat("a@example.com", 11)] })));
    }

    [Theory]
    [InlineData("Signet", true)]
    [InlineData("SIGNET login", true)]
    [InlineData("S1gnet", true)]
    [InlineData("Ѕіgnеt", true)]
    [InlineData("S i g n e t", true)]
    [InlineData("Signét", true)]
    [InlineData("ＳＩＧＮＥＴ", true)]
    [InlineData("\U0001D412\U0001D422\U0001D420\U0001D427\U0001D41E\U0001D42D", true)]
    [InlineData("Notes", false)]
    [InlineData("Signal", false)]
    public void Names_like_ours_are_noticed(string name, bool isAlike) => Assert.Equal(isAlike, LookAlikes.LooksLikeOurs(name));

    [Theory]
    [InlineData("http://example.com/logo.png")]
    [InlineData("https://user@example.com/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:image/png;base64,AA")]
    [InlineData("com.example.app:/x")]
    [InlineData("/logo.png")]
    public void Addresses_of_pages_and_keys_are_https(string uri)
    {
        var faults = FaultsOf(WithDetails(new ClientDetails
        {
            ClientUri = uri,
            LogoUri = uri,
            TosUri = uri,
            PolicyUri = uri,
            JwksUri = uri,
        }));

        Assert.Equal(["client_uri", "jwks_uri", "logo_uri", "policy_uri", "tos_uri"], faults.Select(fault => fault.Field).Order());
    }

    [Fact]
    public void Keys_are_given_in_one_way_and_for_their_method()
    {
        var both = new ClientDetails { Jwks = Drafts.Set(Drafts.EcKey()), JwksUri = "https://example.com/jwks" };

        Assert.Equal("jwks", Assert.Single(FaultsOf(WithDetails(both))).Field);
        Assert.Equal("jwks", Assert.Single(FaultsOf(Drafts.Web() with { AuthMethod = ClientAuthMethod.PrivateKeyJwt })).Field);
    }

    [Fact]
    public void Public_keys_of_good_strength_are_taken()
    {
        Assert.Empty(FaultsOf(WithKeys(Drafts.Set(Drafts.RsaKey(2_048, ""","kid":"a","use":"sig","alg":"PS256" """), Drafts.EcKey()))));
        Assert.Empty(FaultsOf(WithKeys(Drafts.Set([.. Enumerable.Range(0, 10).Select(number => Drafts.EcKey($",\"kid\":\"{number}\""))]))));
    }

    public static TheoryData<string> BadKeys() =>
    [
        "",
        "x",
        "[]",
        "{}",
        """{"keys":{}}""",
        """{"keys":[]}""",
        """{"keys":[1]}""",
        """{"keys":[{}]}""",
        """{"keys":[],"keys":[]}""",
        Drafts.Set("""{"kty":"oct","k":"AAAA"}"""),
        Drafts.Set("""{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"""),
        Drafts.Set("""{"kty":"RSA","n":"!","e":"AQAB"}"""),
        Drafts.Set("""{"kty":"RSA","n":1,"e":"AQAB"}"""),
        Drafts.Set(Drafts.RsaKey(1_024)),
        Drafts.Set(Drafts.RsaKey(2_048).Replace("\"AQAB\"", "\"AQ\"", StringComparison.Ordinal)),
        Drafts.Set(Drafts.RsaKey(2_048).Replace("\"AQAB\"", "\"Ag\"", StringComparison.Ordinal)),
        Drafts.Set(Drafts.EcKey(flip: 1)),
        Drafts.Set(Drafts.EcKey(curve: "P-384")),
        Drafts.Set(Drafts.EcKey(curve: "secp256k1")),
        Drafts.Set(Drafts.EcKey(""","d":"AAAA" """)),
        Drafts.Set(Drafts.RsaKey(2_048, ""","p":"AAAA" """)),
        Drafts.Set(Drafts.EcKey(""","x5c":["AAAA"] """)),
        Drafts.Set(Drafts.EcKey(""","x5u":"http://127.0.0.1/" """)),
        Drafts.Set(Drafts.EcKey(""","alg":"none" """)),
        Drafts.Set(Drafts.EcKey(""","alg":"RS256" """)),
        Drafts.Set(Drafts.EcKey(""","alg":"ES384" """)),
        Drafts.Set(Drafts.RsaKey(2_048, ""","alg":"ES256" """)),
        Drafts.Set(Drafts.RsaKey(2_048, ""","alg":"RS512" """)),
        Drafts.Set(Drafts.RsaKey(2_048, ""","alg":"PS384" """)),
        Drafts.Set("""
            {"kty":"EC","crv":"P-521","x":"AMaFjga3BATpzZ4-y2YjlbRCnGSBOQU_tSH4KK9ga00FsjnlXUL-F6ucZOOeJmaSi2PZHaFbPgQJHhtjnlH9Z71m",
             "y":"ARg5KWp4mjvABFyKX7QsfRvZmPVESVebRGgXrwNGkrxrlh4B55HYJ6Y-YpqFXSaWYUkRN2ZpRsBnhNyCsEZ2Z5YX"}
            """),
        Drafts.Set(Drafts.EcKey(""","alg":"HS256" """)),
        Drafts.Set(Drafts.EcKey(""","use":"enc" """)),
        Drafts.Set(Drafts.EcKey(""","kid":7 """)),
        Drafts.Set(Drafts.EcKey(""","kid":"a" """), Drafts.EcKey(""","kid":"a" """)),
        Drafts.Set([.. Enumerable.Range(0, 11).Select(_ => Drafts.EcKey())]),
        Drafts.Set(Drafts.EcKey($",\"kid\":\"{new string('a', 20_000)}\"")),
    ];

    [Theory]
    [MemberData(nameof(BadKeys))]
    public void Keys_that_are_secret_weak_or_none_are_refused(string jwks) =>
        Assert.Equal("jwks", Assert.Single(FaultsOf(WithKeys(jwks))).Field);

    [Theory]
    [InlineData("a,b")]
    [InlineData("a\"b")]
    [InlineData("a b")]
    [InlineData("")]
    public void Scopes_are_those_of_the_standard(string scope) =>
        Assert.Equal("scope", Assert.Single(FaultsOf(Drafts.Web() with { Scopes = [scope] })).Field);

    [Fact]
    public void What_operators_give_no_client_gives_itself()
    {
        var draft = Drafts.Web() with
        {
            AccessTokenLifetime = TimeSpan.FromHours(1),
            AccessTokenAlgorithm = KeyAlgorithm.HS256,
            RefreshTokenLifetime = TimeSpan.FromDays(1),
            ExtraClaims = """{"tier":"gold"}""",
            Resources = ["https://api.example.com"],
            Audiences = ["https://api.example.com"],
            IsVerified = true,
            MayIntrospectAll = true,
        };

        Assert.Equal(8, FaultsOf(draft).Count);
        Assert.Empty(ClientMetadataRules.FaultsOf(draft, new TokenOptions(), [KeyAlgorithm.RS256, KeyAlgorithm.HS256]));
    }

    [Fact]
    public void What_operators_give_has_its_rules()
    {
        var draft = Drafts.Web() with
        {
            AccessTokenLifetime = TimeSpan.FromDays(31),
            AccessTokenAlgorithm = KeyAlgorithm.HS256,
            RefreshTokenLifetime = TimeSpan.FromDays(-1),
            ExtraClaims = """{"sub":"admin"}""",
            Resources = ["https://api.example.com/#part"],
            Audiences = ["https://api.example.com", "an audience"],
        };

        Assert.Equal(
            ["access_token_lifetime", "access_token_signed_response_alg", "audiences", "extra_claims", "refresh_token_lifetime", "resources"],
            ClientMetadataRules.FaultsOf(draft, new TokenOptions(), [KeyAlgorithm.RS256, KeyAlgorithm.ES256]).Select(fault => fault.Field).Order());
        Assert.Single(ClientMetadataRules.FaultsOf(Drafts.Web() with { ExtraClaims = "[" }, new TokenOptions(), [KeyAlgorithm.RS256, KeyAlgorithm.ES256]));
    }

    [Fact]
    public void Lifetimes_that_would_be_cut_are_refused()
    {
        var limits = new TokenOptions { MaximumLifetime = TimeSpan.FromHours(2) };
        var longest = Drafts.Web() with { AccessTokenLifetime = TimeSpan.FromHours(2), RefreshTokenLifetime = TimeSpan.FromDays(365) };

        Assert.Empty(ClientMetadataRules.FaultsOf(longest, limits, [KeyAlgorithm.RS256]));
        Assert.Equal(
            [("access_token_lifetime", "must be between 1 and 7200 seconds"), ("refresh_token_lifetime", "must be between 1 and 31536000 seconds")],
            ClientMetadataRules.FaultsOf(
                longest with { AccessTokenLifetime = TimeSpan.FromSeconds(7_201), RefreshTokenLifetime = TimeSpan.FromDays(366) }, limits, [KeyAlgorithm.RS256])
                .Select(fault => (fault.Field, fault.Message)));
    }

    private static IReadOnlyList<FieldFault> FaultsOf(ClientDraft draft) =>
        ClientMetadataRules.FaultsOf(draft, isSelfRegistered: true);

    private static ClientDraft WithDetails(ClientDetails details) => Drafts.Web() with { Details = details };

    private static ClientDraft WithKeys(string jwks) => WithDetails(new ClientDetails { Jwks = jwks });
}
