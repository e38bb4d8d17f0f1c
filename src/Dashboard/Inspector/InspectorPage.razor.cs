using Dashboard.Controls;
using Dashboard.Core.Access;
using Dashboard.Core.Primitives;
using Dashboard.Core.Scopes;
using Dashboard.Core.Tokens.Inspection;
using Dashboard.Core.Tokens.Inspection.LibraryErrors;
using Dashboard.Hosting;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Options;

namespace Dashboard.Inspector;

/// <summary>
/// Why is this token refused, and what helps. What is pasted is kept in this component alone: no address, no log, no store.
/// </summary>
public sealed partial class InspectorPage(
    TokenReporter reporter,
    ClaimMask mask,
    AuthenticationStateProvider authentication,
    ScopeHierarchy scopes,
    IOptions<SignetOptions> signet,
    NavigationManager navigation) : IDisposable
{
    private readonly CancellationTokenSource _left = new();
    private readonly InspectedText _first = new();
    private readonly InspectedText _second = new();
    private readonly string[] _resources = [.. scopes.Resources.Keys.Order(StringComparer.Ordinal)];
    private InspectContext _context = InspectContext.Default;
    private PasteBox _box = null!;
    private bool _storeFailed;
    private int _newest;

    /// <summary>Two fields instead of one. The address holds the mode and never what is in the fields.</summary>
    [SupplyParameterFromQuery(Name = "compare")]
    public bool IsComparing { get; set; }

    private IEnumerable<InspectedText> Shown => IsComparing ? [_first, _second] : [_first];

    private bool IsEmpty => Shown.All(text => text.IsEmpty);

    private string? NameOf(InspectedText text) => !IsComparing ? null : text == _first ? "First token" : "Second token";

    private Task TryAsync(string text) => _box.FillAsync(text);

    private async Task TakeAsync(InspectedText target, PastedInput input)
    {
        (target.WasCut, target.Errors) = (input.WasCut, LibraryErrorCatalogue.FindIn(input.Text));
        switch (PastedTextReader.Read(input.Text))
        {
            case PastedText.FailureReference { RequestId: var reference }:
                navigation.NavigateTo($"/failures/{reference}");
                return;
            case PastedText.Token token:
                target.Found = token;
                break;
            case PastedText.ErrorText:
                target.Found = null;
                break;
            default:
                target.Clear();
                break;
        }

        await JudgeAsync();
    }

    private Task JudgeAgainstAsync(InspectContext context)
    {
        _context = context;
        return JudgeAsync();
    }

    private async Task JudgeAsync()
    {
        // A slow answer about older text must not replace the answer about newer text.
        var judging = ++_newest;
        try
        {
            var first = await JudgeAsync(_first.Found);
            var second = await JudgeAsync(_second.Found);
            if (judging == _newest)
            {
                (_first.Result, _second.Result, _storeFailed) = (first, second, false);
            }
        }
        catch (StoreUnavailableException)
        {
            (_first.Result, _second.Result, _storeFailed) = (null, null, true);
        }
        catch (OperationCanceledException) when (_left.IsCancellationRequested)
        {
            // The page was left.
        }
    }

    private async Task<Inspection?> JudgeAsync(PastedText.Token? found) => found is null
        ? null
        : new Inspection(
            found,
            (await reporter.ReportAsync(found.Text, _context.For(scopes), _left.Token)).MaskedFor(await RoleAsync(), mask));

    private async Task<string?> RoleAsync() => (await authentication.GetAuthenticationStateAsync()).User.Role();

    // Cancelled, not disposed: a late callback may still read its token.
    public void Dispose() => _left.Cancel();
}
