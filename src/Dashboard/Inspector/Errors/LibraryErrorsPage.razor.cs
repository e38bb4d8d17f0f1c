using Dashboard.Core.Tokens.Inspection.LibraryErrors;
using Microsoft.AspNetCore.Components;

namespace Dashboard.Inspector.Errors;

/// <summary>Every known error text of every library. What is searched for stands in the address.</summary>
public sealed partial class LibraryErrorsPage(NavigationManager navigation)
{
    private IReadOnlyList<LibraryError> _found = [];

    [SupplyParameterFromQuery(Name = "q")]
    public string? Query { get; set; }

    private string CountText => _found.Count == LibraryErrorCatalogue.All.Count ? "All of them are shown." : _found.Count switch
    {
        1 => "1 error matches.",
        var count => $"{count} errors match.",
    };

    protected override void OnParametersSet() => _found = LibraryErrorCatalogue.Search(Query ?? "");

    // Typing on in the search replaces its own step, so that Back leaves the search instead of undoing letters.
    private void Search(string text) =>
        navigation.NavigateTo(LibraryErrorsAddress.OfSearch(text), replace: Query is { Length: > 0 } && text.Length > 0);
}
