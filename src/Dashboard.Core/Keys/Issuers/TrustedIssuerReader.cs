using System.Text;
using Dashboard.Core.Keys.Public;

namespace Dashboard.Core.Keys.Issuers;

/// <summary>Makes an issuer of its settings, or says what is wrong with them. Says nothing of a secret but that it is wrong.</summary>
internal sealed class TrustedIssuerReader(string setting, TrustedIssuerOptions options)
{
    private const int LongestName = 60;
    private const int LongestIssuer = 255;
    private const int MostKeys = 64;
    private const int FewestSigns = 8;

    private static readonly TimeSpan ShortestLifetime = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestLifetime = TimeSpan.FromDays(1);
    private static readonly TimeSpan ShortestCoolDown = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestCoolDown = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongestStaleness = TimeSpan.FromDays(30);

    private readonly List<string> _faults = [];

    /// <summary>A sentence for each thing that is wrong.</summary>
    public IReadOnlyList<string> Faults => _faults;

    /// <summary>The issuer; null where anything is wrong.</summary>
    public TrustedIssuer? Read()
    {
        Demand(IsIssuer(options.Issuer), "Issuer", "must be the iss of its tokens, exactly: text without spaces and #");
        Demand(options.Audiences is { Count: > 0 } && options.Audiences.TrueForAll(IsPlain), "Audiences", "must list who its tokens are for (aud), at least one");
        Demand(IsBetween(options.CacheLifetime, ShortestLifetime, LongestLifetime), "CacheLifetime", "must be from 1 minute (00:01:00) to 1 day (1.00:00:00)");
        Demand(IsBetween(options.CoolDown, ShortestCoolDown, LongestCoolDown), "CoolDown", "must be from 10 seconds (00:00:10) to 1 hour (01:00:00)");
        Demand(IsBetween(options.MaximumStaleness, TimeSpan.Zero, LongestStaleness), "MaximumStaleness", "must be from zero to 30 days (30.00:00:00)");
        Demand(options.Types is null || (options.Types.Count > 0 && options.Types.TrueForAll(IsPlain)), "Types", "must list at least one type, such as at+jwt, or be left out");
        var name = options.Name ?? NameOf(options.Issuer);
        Demand(IsName(name), "Name", $"must be 1 to {LongestName} letters, digits, spaces, dots, hyphens or underscores"
            + (options.Name is null ? "; the issuer's address has no host to call it by, so give it one" : ""));
        var source = SourceOf();
        IVerifyingKey? key = source switch
        {
            IssuerKeySource.PublicKey => ReadPublicKey(),
            IssuerKeySource.Secret => ReadSecret(),
            _ => null,
        };
        CheckAddress(source);
        CheckAlgorithms(source, key);
        return _faults is [] && source is { } found ? Make(name, found, key) : null;
    }

    private TrustedIssuer Make(string name, IssuerKeySource source, IVerifyingKey? key) => new()
    {
        Name = name,
        Issuer = options.Issuer,
        Source = source,
        Algorithms = options.Algorithms,
        Audiences = options.Audiences,
        Types = [.. (options.Types ?? TrustedIssuer.UsualTypes).Select(TrustedIssuer.TypeOf).Distinct(StringComparer.Ordinal)],
        StaticKey = key,
        Place = source is IssuerKeySource.Jwks
            ? new KeySetPlace(options.JwksUri!, options.CacheLifetime, options.CoolDown, options.AllowPrivateAddresses, MostKeys)
            : null,
        MaximumStaleness = options.MaximumStaleness,
    };

    private IssuerKeySource? SourceOf()
    {
        var given = new (string? Value, IssuerKeySource Source)[]
        {
            (options.JwksUri, IssuerKeySource.Jwks),
            (options.PublicKey, IssuerKeySource.PublicKey),
            (options.PublicKeyFile, IssuerKeySource.PublicKey),
            (options.Secret, IssuerKeySource.Secret),
            (options.SecretFile, IssuerKeySource.Secret),
        }.Where(item => !string.IsNullOrEmpty(item.Value)).ToList();
        if (given is [var (_, source)])
        {
            return source;
        }

        _faults.Add($"{setting} must have exactly one of JwksUri, PublicKey, PublicKeyFile, Secret and SecretFile, but has {given.Count}.");
        return null;
    }

    private void CheckAddress(IssuerKeySource? source) => Demand(
        source is not IssuerKeySource.Jwks
        || (Uri.TryCreate(options.JwksUri, UriKind.Absolute, out var address)
            && address.Scheme == Uri.UriSchemeHttps
            && address is { UserInfo: "", Fragment: "" }),
        "JwksUri",
        "must be an https address without user name and fragment, such as https://login.example.com/keys; "
        + "for an issuer in your own network set AllowPrivateAddresses, https it is even so");

    private void CheckAlgorithms(IssuerKeySource? source, IVerifyingKey? key)
    {
        var allowed = source is IssuerKeySource.Secret ? [SharedSecretKey.Algorithm] : PublicKey.Algorithms;
        if (options.Algorithms is not { Count: > 0 } algorithms || !algorithms.TrueForAll(allowed.Contains))
        {
            Fault("Algorithms", $"must list at least one of {string.Join(", ", allowed)} and nothing else"
                + (source is IssuerKeySource.Secret ? ", because it shares a secret" : "; HS256 needs a Secret"));
        }
        else if (key is not null && algorithms.Find(algorithm => !key.Fits(algorithm)) is { } other)
        {
            Fault("Algorithms", $"has {other}, which its key cannot verify");
        }
    }

    private PublicKey? ReadPublicKey()
    {
        var (name, text) = TextOf("PublicKey", options.PublicKey, options.PublicKeyFile);
        if (text is null)
        {
            return null;
        }

        var key = PemReader.Read(text, out var fault);
        Demand(key is not null, name, fault);
        return key;
    }

    private SharedSecretKey? ReadSecret()
    {
        var (name, text) = TextOf("Secret", options.Secret, options.SecretFile);
        if (text is null)
        {
            return null;
        }

        var secret = Encoding.UTF8.GetBytes(text);
        if (secret.Length < SharedSecretKey.ShortestSecret || text.Distinct().Count() < FewestSigns)
        {
            Fault(name, $"must hold at least {SharedSecretKey.ShortestSecret} random bytes, for instance of: openssl rand -base64 48");
            return null;
        }

        return new SharedSecretKey(secret);
    }

    private (string Name, string? Text) TextOf(string name, string? text, string? file)
    {
        if (string.IsNullOrEmpty(file))
        {
            return (name, text);
        }

        try
        {
            return ($"{name}File", File.ReadAllText(file).TrimEnd('\r', '\n'));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            Fault($"{name}File", "must name a file that Signet can read");
            return (name, null);
        }
    }

    private void Demand(bool isMet, string member, string rule)
    {
        if (!isMet)
        {
            Fault(member, rule);
        }
    }

    private void Fault(string member, string rule) => _faults.Add($"{setting}:{member} {rule}.");

    private static bool IsBetween(TimeSpan value, TimeSpan least, TimeSpan most) => value >= least && value <= most;

    private static bool IsPlain(string? text) =>
        text is { Length: > 0 and <= LongestIssuer } && !text.Any(sign => char.IsWhiteSpace(sign) || char.IsControl(sign));

    // No #: it keeps the issuer apart from the names it gives (TrustedIssuer.Qualify).
    private static bool IsIssuer(string? text) => IsPlain(text) && !text!.Contains('#', StringComparison.Ordinal);

    private static bool IsName(string text) => text.Length is > 0 and <= LongestName
        && text.Trim().Length == text.Length
        && text.All(sign => char.IsAsciiLetterOrDigit(sign) || sign is ' ' or '.' or '-' or '_')
        && text.Any(char.IsAsciiLetterOrDigit);

    private static string NameOf(string? issuer) => Uri.TryCreate(issuer, UriKind.Absolute, out var address) ? address.Host : "";
}
