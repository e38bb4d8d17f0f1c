using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Grants;

/// <summary>How grants are made. Bound from <c>Grants</c>.</summary>
public sealed class GrantOptions
{
    public const string Section = "Grants";

    /// <summary>How long an authorization code is good for.</summary>
    [Range(typeof(TimeSpan), "00:00:05", "00:01:00")]
    public TimeSpan CodeLifetime { get; set; } = TimeSpan.FromMinutes(1);
}

[OptionsValidator]
internal sealed partial class GrantOptionsValidator : IValidateOptions<GrantOptions>;
