namespace Dashboard.Core.Keys.Issuers;

/// <summary>Others whose tokens are good here, too. Bound from <c>Keys</c>.</summary>
public sealed class TrustedIssuersOptions
{
    public const string Section = "Keys";

    public List<TrustedIssuerOptions> TrustedIssuers { get; set; } = [];
}

/// <summary>Somebody else who issues tokens that are good here: who, how its signatures are verified, and for what.</summary>
public sealed class TrustedIssuerOptions
{
    /// <summary>The <c>iss</c> of its tokens, compared exactly.</summary>
    public string Issuer { get; set; } = "";

    /// <summary>What people call it, also in addresses; null for the host of the issuer.</summary>
    public string? Name { get; set; }

    /// <summary>The https URL of its JWK set. Exactly one of this, a public key and a secret.</summary>
    public string? JwksUri { get; set; }

    /// <summary>A PEM public key or certificate.</summary>
    public string? PublicKey { get; set; }

    /// <summary>The same in a file.</summary>
    public string? PublicKeyFile { get; set; }

    /// <summary>A secret that is shared with it, of at least 32 bytes.</summary>
    public string? Secret { get; set; }

    /// <summary>The same in a file; a line break at its end is not part of it.</summary>
    public string? SecretFile { get; set; }

    /// <summary>Who its tokens must be for: one of these is in their <c>aud</c>.</summary>
    public List<string> Audiences { get; set; } = [];

    /// <summary>What it signs with.</summary>
    public List<string> Algorithms { get; set; } = [];

    /// <summary>The <c>typ</c> headers that its access tokens may have; <c>none</c> stands for tokens that have none.</summary>
    public List<string>? Types { get; set; }

    /// <summary>How long a fetched set is believed without looking again.</summary>
    public TimeSpan CacheLifetime { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How soon it is looked at again for a key that is not in it, or after it could not be had.</summary>
    public TimeSpan CoolDown { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long beyond their lifetime keys that were had stay good while the address fails.</summary>
    public TimeSpan MaximumStaleness { get; set; } = TimeSpan.FromHours(24);

    /// <summary>Lets the address be in our own network. It is https in any case.</summary>
    public bool AllowPrivateAddresses { get; set; }
}
