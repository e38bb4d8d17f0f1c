using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Storage;

/// <summary>Which store is used. Bound from <c>Storage</c>.</summary>
public sealed class StorageOptions
{
    public const string Section = "Storage";

    /// <summary>The kind of store; <c>sqlite</c> keeps everything in one file below the data folder.</summary>
    [RegularExpression("^sqlite$", ErrorMessage = "Storage:Kind must be 'sqlite'.")]
    public string Kind { get; set; } = "sqlite";
}

[OptionsValidator]
internal sealed partial class StorageOptionsValidator : IValidateOptions<StorageOptions>;
