using Dashboard.App;
using Dashboard.Controls;
using Dashboard.Core.Access;
using Dashboard.Core.Audit;
using Dashboard.Core.Keys;
using Dashboard.Core.Primitives;
using Dashboard.Core.Tokens;
using Dashboard.Core.Tokens.Issuing;
using Dashboard.Hosting.Tokens;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;

namespace Dashboard.Mint;

/// <summary>
/// Mints by hand: the claims stand beside the form before anything is signed, and the token is shown once. It lives in
/// this component alone: no address, log or store ever holds it.
/// </summary>
public sealed partial class MintPage : IDisposable
{
    private readonly TokenIssuer _issuer;
    private readonly KeyRing _ring;
    private readonly Acts _acts;
    private readonly NavigationManager _navigation;
    private readonly SignetOptions _signet;
    private readonly TokenOptions _options;
    private readonly CancellationTokenSource _left = new();
    private readonly HashSet<string> _touched = new(StringComparer.Ordinal);
    private readonly MintForm _form = new();
    private IReadOnlyList<FieldFault> _faults = [];
    private TokenIssueOutcome.Issued? _minted;
    private string? _claims;
    private string? _failure;
    private bool _wasSubmitted;
    private bool _isMinting;

    public MintPage(
        TokenIssuer issuer,
        KeyRing ring,
        Acts acts,
        NavigationManager navigation,
        IOptions<SignetOptions> signet,
        IOptions<TokenOptions> options)
    {
        (_issuer, _ring, _acts, _navigation) = (issuer, ring, acts, navigation);
        (_signet, _options) = (signet.Value, options.Value);
        Check(Nobody);
    }

    // A preview is nobody's act: it is neither stored nor audited.
    private static Actor Nobody => Actor.Signet;

    private string FaultTitle => _faults.Count is 1 ? "One field needs another look" : "Some fields need another look";

    private string MissingText => _form.Subject is ""
        ? "Give a subject, and the claims appear here."
        : "Mend the marked fields, and the claims appear here again.";

    private void Changed(string field)
    {
        _touched.Add(field);
        _failure = null;
        Check(Nobody);
    }

    private TokenRequest? Check(Actor who)
    {
        var request = MintRequests.Read(_form, who, out var faults);
        _faults = request is null ? faults : _issuer.FaultsOf(request);
        _claims = request is null ? null : _issuer.Preview(request);
        return request;
    }

    private async Task MintAsync()
    {
        _wasSubmitted = true;
        if (_isMinting || Check(Nobody) is null || _faults is not [])
        {
            return;
        }

        _isMinting = true;
        try
        {
            if (await _acts.AskAsync(Right.ManageTokens, Question()) is ({ } who, { } reason))
            {
                Take(await _issuer.IssueAsync(Check(who)! with { Reason = reason }, _left.Token));
            }
        }
        catch (StoreUnavailableException)
        {
            _failure = "The store cannot be written now, and no token leaves without its row. Try again.";
        }
        finally
        {
            _isMinting = false;
        }
    }

    private ReasonQuestion Question() => new()
    {
        Title = _form.Defect is { Length: > 0 } ? "Mint this test token?" : "Mint this token?",
        Named = _form.Subject,
        Consequence = _form.Defect is { Length: > 0 }
            ? "A token that can never validate is signed and shown once."
            : "A token is signed and shown once. Whoever holds it acts as this subject until it expires or is revoked.",
        ActionLabel = "Mint",
        IsDestructive = false,
    };

    private void Take(TokenIssueOutcome outcome)
    {
        switch (outcome)
        {
            case TokenIssueOutcome.Issued issued:
                _minted = issued;
                break;
            case TokenIssueOutcome.Invalid invalid:
                _faults = invalid.Faults;
                break;
        }
    }

    private void MintAnother()
    {
        (_minted, _wasSubmitted) = (null, false);
        _touched.Clear();
        Check(Nobody);
    }

    // Nobody is told off for a field they have not come to yet.
    private string? ErrorOf(string field) => _wasSubmitted || _touched.Contains(field)
        ? _faults.Where(fault => MintRequests.NameOf(fault.Field) == field).Select(fault => Sentence(fault.Message)).FirstOrDefault()
        : null;

    private static string Sentence(string message) =>
        char.IsLower(message[0]) ? $"This {message}." : message;

    public void Dispose()
    {
        _left.Cancel();
        _minted = null;
    }
}
