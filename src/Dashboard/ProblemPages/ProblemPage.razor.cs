using Dashboard.Hosting;
using Microsoft.AspNetCore.Components;

namespace Dashboard.ProblemPages;

/// <summary>What the <c>type</c> of a problem leads to. For everybody: whoever got the error may not be able to log in.</summary>
public sealed partial class ProblemPage(NavigationManager navigation)
{
    private ProblemKind? _kind;
    private MarkupString? _text;

    [Parameter]
    public string Slug { get; set; } = "";

    protected override void OnParametersSet()
    {
        _kind = ProblemCatalogue.Kinds.FirstOrDefault(kind => kind.Slug == Slug);
        _text = ProblemTexts.Find(Slug);
        if (_text is null)
        {
            navigation.NotFound();
        }
    }
}
