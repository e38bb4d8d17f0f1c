using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Keys;

/// <summary>How signing keys are made and rotated. Bound from <c>Keys</c>.</summary>
public sealed class KeyOptions
{
    public const string Section = "Keys";

    /// <summary>What tokens are signed with where nobody chose.</summary>
    [EnumDataType(typeof(KeyAlgorithm), ErrorMessage = "Keys:Algorithm must be RS256, ES256, HS256 or PS256 (.NET 10 has no EdDSA).")]
    public KeyAlgorithm Algorithm { get; set; } = KeyAlgorithm.RS256;

    /// <summary>What a client may choose besides: each has keys of its own beside the others.</summary>
    public IList<KeyAlgorithm> OtherAlgorithms { get; } = [];

    /// <summary>The size of new RSA keys in bits.</summary>
    [Range(2048, 4096)]
    public int RsaBits { get; set; } = 2048;

    /// <summary>How long a key is published before it may sign, so that no verifier meets an unknown <c>kid</c>.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "30.00:00:00")]
    public TimeSpan PrePublishWindow { get; set; } = TimeSpan.FromHours(24);

    /// <summary>After how long a key is rotated without anybody's doing; zero for never. Shared secrets never are.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "3650.00:00:00")]
    public TimeSpan RotationInterval { get; set; } = TimeSpan.FromDays(90);

    /// <summary>How long verifiers may keep the JWKS.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan JwksCacheLifetime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>What tokens may be signed with, the default first.</summary>
    public IReadOnlyList<KeyAlgorithm> AllAlgorithms => [.. OtherAlgorithms.Prepend(Algorithm).Distinct()];
}

[OptionsValidator]
internal sealed partial class KeyOptionsValidator : IValidateOptions<KeyOptions>;

/// <summary>What cannot be said of one setting alone.</summary>
internal sealed class KeyOptionsRules : IValidateOptions<KeyOptions>
{
    public ValidateOptionsResult Validate(string? name, KeyOptions options)
    {
        List<string> failures = [];
        if (options.OtherAlgorithms.Any(algorithm => !Enum.IsDefined(algorithm)))
        {
            failures.Add($"Keys:OtherAlgorithms must hold only {KeyAlgorithms.Names} (.NET 10 has no EdDSA).");
        }

        if (options.RotationInterval > TimeSpan.Zero && options.RotationInterval < options.PrePublishWindow)
        {
            failures.Add("Keys:RotationInterval is shorter than Keys:PrePublishWindow, so that no key could be published long enough. "
                + "Make it longer, or zero for no rotation by itself.");
        }

        if (options.PrePublishWindow > TimeSpan.Zero && options.JwksCacheLifetime > options.PrePublishWindow)
        {
            failures.Add("Keys:JwksCacheLifetime is longer than Keys:PrePublishWindow, so that a verifier could meet a key that it does "
                + "not know. Make it shorter.");
        }

        return failures is [] ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
