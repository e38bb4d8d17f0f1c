using Dashboard.Controls;
using Dashboard.Core.Tokens.Issuing;
using Microsoft.AspNetCore.Components;

namespace Dashboard.Mint;

/// <summary>A minted token, shown this once, in the forms in which people need it.</summary>
public sealed partial class MintedToken
{
    private static readonly IReadOnlyList<TabItem> Forms = [new("curl", "Try it with curl"), new("env", "Environment variable")];

    private ElementReference _result;
    private string _form = "curl";

    [Parameter, EditorRequired]
    public TokenIssueOutcome.Issued Issued { get; set; } = null!;

    /// <summary>This server's address, with a slash at its end.</summary>
    [Parameter, EditorRequired]
    public string Address { get; set; } = "";

    [Parameter]
    public string? Defect { get; set; }

    [Parameter, EditorRequired]
    public EventCallback OnAnother { get; set; }

    // base64url and dots: nothing in a token needs quoting in a shell or in JSON.
    private string Curl => $$"""
        curl -s {{Address}}auth/validate \
          -H 'Content-Type: application/json' \
          -d '{"token":"{{Issued.Token}}"}'
        """;

    private string Environment => $"export SIGNET_TOKEN='{Issued.Token}'";

    private string Href => $"/tokens/{Uri.EscapeDataString(Issued.TokenId)}";

    // The button that was pressed is gone, and on a narrow screen the page stands far below: the answer must be seen.
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await _result.FocusAsync();
        }
    }
}
