namespace Dashboard.Bearer;

/// <summary>Which tokens an API takes, and how it keeps up with Signet. Wrong ones end the start with their names.</summary>
public sealed class SignetBearerOptions
{
    /// <summary>The <c>iss</c> of the tokens, exactly as Signet writes it.</summary>
    public string Issuer { get; set; } = "";

    /// <summary>Where this API reaches Signet; null for at <see cref="Issuer"/>. Another one inside a cluster, for instance.</summary>
    public Uri? Address { get; set; }

    /// <summary>Lets <see cref="Address"/> be plain http on another machine: whoever is between the two can then forge tokens.</summary>
    public bool AllowHttp { get; set; }

    /// <summary>The <c>aud</c> that this API goes by; a token needs one of them.</summary>
    public IList<string> Audiences { get; } = [];

    /// <summary>What tokens may be signed with; empty for RS256, PS256 and ES256. Never a shared secret.</summary>
    public IList<string> Algorithms { get; } = [];

    /// <summary>How much the clocks of Signet and of this API may differ.</summary>
    public TimeSpan ClockSkew { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Takes tokens that are bound to somebody's address, program, fingerprint or key, though this API cannot see whether it is
    /// them. They are refused otherwise.
    /// </summary>
    public bool AcceptBoundTokens { get; set; }

    /// <summary>
    /// The client that this API is at Signet, with one of <see cref="Audiences"/> as its own. Needed for
    /// <see cref="FollowRevocations"/> and <see cref="ReportPresentations"/>.
    /// </summary>
    public string ClientId { get; set; } = "";

    /// <summary>Its secret.</summary>
    public string ClientSecret { get; set; } = "";

    /// <summary>Refuses what was revoked. Without it a token is good until it expires.</summary>
    public bool FollowRevocations { get; set; } = true;

    /// <summary>How often Signet is asked what is newly revoked.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long Signet may be silent before <see cref="WhenSilent"/> holds.</summary>
    public TimeSpan LongestSilence { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>What becomes of tokens while nobody knows what is revoked.</summary>
    public SilencePolicy WhenSilent { get; set; } = SilencePolicy.Refuse;

    /// <summary>Tells Signet which tokens were shown here, when and from where, so that people see it there.</summary>
    public bool ReportPresentations { get; set; } = true;

    /// <summary>How often that is told.</summary>
    public TimeSpan ReportInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>What scopes imply, <c>"admin": ["write"]</c>; null for what Signet says.</summary>
    public Dictionary<string, string[]>? ScopeHierarchy { get; set; }

    /// <summary>What requests to Signet go through; null for the usual. For proxies, and for tests.</summary>
    public HttpMessageHandler? Backchannel { get; set; }

    internal Uri EffectiveAddress => Address ?? new Uri(Issuer);

    internal bool HasCredentials => ClientId is not "" && ClientSecret is not "";
}

/// <summary>What becomes of tokens while it cannot be known whether they are revoked.</summary>
public enum SilencePolicy
{
    /// <summary>They are answered with 503: nothing is accepted that may have been revoked.</summary>
    Refuse,

    /// <summary>What was known before is heeded, and everything else accepted.</summary>
    Accept,
}
