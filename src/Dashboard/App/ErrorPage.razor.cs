using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;

namespace Dashboard.App;

public sealed partial class ErrorPage
{
    [SupplyParameterFromQuery]
    public string? Reference { get; set; }

    // The address is anybody's to write: only what looks like one of our references is repeated.
    private string? KnownReference => Reference is not null && ReferencePattern().IsMatch(Reference) ? Reference : null;

    [GeneratedRegex(@"\Areq_[A-Za-z0-9]{1,40}\z", RegexOptions.None, matchTimeoutMilliseconds: 100)]
    private static partial Regex ReferencePattern();
}
