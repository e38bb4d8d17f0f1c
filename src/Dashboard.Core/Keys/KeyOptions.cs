using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Keys;

/// <summary>How signing keys are made and rotated. Bound from <c>Keys</c>.</summary>
public sealed class KeyOptions
{
    public const string Section = "Keys";

    /// <summary>The algorithm of keys that are made from now on.</summary>
    [EnumDataType(typeof(KeyAlgorithm), ErrorMessage = "Keys:Algorithm must be RS256, ES256 or HS256.")]
    public KeyAlgorithm Algorithm { get; set; } = KeyAlgorithm.RS256;

    /// <summary>The size of new RSA keys in bits.</summary>
    [Range(2048, 4096)]
    public int RsaBits { get; set; } = 2048;

    /// <summary>How long a key is published before it may sign, so that no verifier meets an unknown <c>kid</c>.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "30.00:00:00")]
    public TimeSpan PrePublishWindow { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How long verifiers may keep the JWKS.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan JwksCacheLifetime { get; set; } = TimeSpan.FromMinutes(5);
}

[OptionsValidator]
internal sealed partial class KeyOptionsValidator : IValidateOptions<KeyOptions>;
