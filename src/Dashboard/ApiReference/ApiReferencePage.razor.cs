using Dashboard.Hosting.Description;
using Microsoft.AspNetCore.Components;

namespace Dashboard.ApiReference;

/// <summary>The API's description for people: the same document that programs read.</summary>
public sealed partial class ApiReferencePage
{
    private const string Address = "/docs/api";

    private ApiBook _book = new([], [], [], []);

    [Inject]
    private ApiDocument Document { get; set; } = null!;

    protected override async Task OnInitializedAsync() => _book = ApiBookReader.Read(await Document.ReadAsync());

    // With the page's address: the document's base is the root of the site.
    internal static string Here(string place) => Address + place;
}
