using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Access;

/// <summary>How fresh a proof must be, and what is hidden from whom. Bound from <c>Access</c>.</summary>
public sealed class AccessOptions
{
    public const string Section = "Access";

    /// <summary>How long a proof (second factor, or password without one) is good for dangerous acts.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan ProofMaxAge { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Claims whose values <see cref="MaskFor"/> may not see, separated by spaces; empty for none.</summary>
    public string MaskedClaims { get; set; } = "email phone_number";

    /// <summary>The roles that masked claims are hidden from, separated by spaces.</summary>
    public string MaskFor { get; set; } = Roles.Support;
}

[OptionsValidator]
internal sealed partial class AccessOptionsValidator : IValidateOptions<AccessOptions>;
