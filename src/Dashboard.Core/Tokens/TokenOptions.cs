using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Tokens;

/// <summary>How long tokens live and what every one of them says. Bound from <c>Tokens</c>.</summary>
public sealed class TokenOptions
{
    public const string Section = "Tokens";

    /// <summary>What every lifetime can be at most, and so the longest that any token ever lives.</summary>
    public static readonly TimeSpan LongestLifetime = TimeSpan.FromDays(365);

    /// <summary>The lifetime of access and minted tokens that ask for none.</summary>
    [Range(typeof(TimeSpan), "00:00:30", "365.00:00:00")]
    public TimeSpan AccessTokenLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>The lifetime of the tokens that operators get by logging in to the API.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan OperatorTokenLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>No token but a refresh token lives longer, whoever asks.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "365.00:00:00")]
    public TimeSpan MaximumLifetime { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How long a family of refresh tokens lives from its first one on, however often it is used.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "365.00:00:00")]
    public TimeSpan RefreshTokenLifetime { get; set; } = TimeSpan.FromDays(365);

    /// <summary>
    /// How long a refresh token that was used is answered once more with the same successor, for clients that lost the
    /// answer. Zero: never; a used one revokes its family at once.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan RefreshGrace { get; set; } = TimeSpan.Zero;

    /// <summary>Binds the access tokens that clients get to the address that they got them from.</summary>
    public bool BindAddress { get; set; }

    /// <summary>The same with the User-Agent header.</summary>
    public bool BindUserAgent { get; set; }

    /// <summary>How much the clocks of issuer and validator may differ.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan ClockSkew { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a row stays in the ledger after its token expired.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00")]
    public TimeSpan LedgerRetention { get; set; } = TimeSpan.FromDays(90);

    /// <summary>Claims that every token of this deployment carries, as text.</summary>
    public Dictionary<string, string> ExtraClaims { get; set; } = new(StringComparer.Ordinal);
}

[OptionsValidator]
internal sealed partial class TokenOptionsValidator : IValidateOptions<TokenOptions>;

/// <summary>Checks what attributes cannot say.</summary>
internal sealed class TokenOptionsRules : IValidateOptions<TokenOptions>
{
    public ValidateOptionsResult Validate(string? name, TokenOptions options)
    {
        List<string> failures =
        [
            .. options.ExtraClaims.Keys.Where(ClaimNames.Reserved.Contains).Select(claim =>
                $"{TokenOptions.Section}:ExtraClaims:{claim} would override a claim that only the issuer sets. Rename it."),
        ];
        if (options.AccessTokenLifetime > options.MaximumLifetime)
        {
            failures.Add($"{TokenOptions.Section}:AccessTokenLifetime is longer than MaximumLifetime.");
        }

        if (options.OperatorTokenLifetime > options.MaximumLifetime)
        {
            failures.Add($"{TokenOptions.Section}:OperatorTokenLifetime is longer than MaximumLifetime.");
        }

        return failures is [] ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
