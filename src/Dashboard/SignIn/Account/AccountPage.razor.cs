using Dashboard.App;
using Dashboard.Controls;
using Dashboard.Core.Access;
using Dashboard.Core.Operators;
using Dashboard.Core.Operators.SecondFactors;
using Dashboard.Core.Primitives;
using Dashboard.Hosting;
using Microsoft.JSInterop;

namespace Dashboard.SignIn.Account;

/// <summary>One's own account: password, second factors, recovery codes.</summary>
public sealed partial class AccountPage(
    OperatorDirectory operators, SecondFactorChanges changes, CurrentOperator current, Acts acts, Dialogs dialogs, Toasts toasts, IJSRuntime js)
    : IAsyncDisposable
{
    private const string Module = "./js/account.js";

    private readonly CancellationTokenSource _left = new();
    private OperatorAccount? _account;
    private IReadOnlyList<string>? _codes;
    private IJSObjectReference? _module;

    public async ValueTask DisposeAsync()
    {
        _codes = null;
        await _left.CancelAsync();
        await _module.DisposeQuietlyAsync();
    }

    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        _account = await current.FindAsync(Right.OwnAccount) is { Name: var name } ? operators.FindByName(name) : null;
        StateHasChanged();
    }

    private static string CodesLeft(OperatorAccount account) =>
        account.SecondFactors.RecoveryCodes.Count is 1 ? "1 code" : $"{account.SecondFactors.RecoveryCodes.Count} codes";

    private Task RemoveAuthenticatorAsync() => ChangeAsync(
        new ReasonQuestion
        {
            Title = "Remove the authenticator app?",
            Named = _account!.UserName,
            Consequence = "Its codes are not asked for any more, and every other session of yours ends.",
            Survives = "Your password and your passkeys.",
            ActionLabel = "Remove",
            NeedsReason = false,
        },
        (id, who) => changes.RemoveAuthenticatorAsync(id, who, _left.Token));

    private Task RemovePasskeyAsync(Passkey passkey) => ChangeAsync(
        new ReasonQuestion
        {
            Title = "Remove this passkey?",
            Named = passkey.Name,
            Consequence = "It signs nobody in any more, and every other session of yours ends.",
            Survives = "Your other ways to sign in. The passkey itself stays on its device; remove it there, too.",
            ActionLabel = "Remove",
            NeedsReason = false,
        },
        (id, who) => changes.RemovePasskeyAsync(id, passkey.CredentialId, who, _left.Token));

    private Task RenewCodesAsync() => ChangeAsync(
        new ReasonQuestion
        {
            Title = "Make new recovery codes?",
            Named = _account!.UserName,
            Consequence = "Ten new codes are shown once. The ones you have are worth nothing from then on.",
            ActionLabel = "Make new codes",
            NeedsReason = false,
            IsDestructive = false,
        },
        (id, who) => changes.RenewRecoveryCodesAsync(id, who, _left.Token));

    private async Task ChangeAsync(
        ReasonQuestion question, Func<string, Core.Audit.Actor, Task<SecondFactorChange>> change)
    {
        if (_account is not { } account || await acts.AskAsync(Right.ChangeOwnLogin, question) is not { Who: var who })
        {
            return;
        }

        try
        {
            Take(await change(account.Id, who));
        }
        catch (StoreUnavailableException)
        {
            toasts.Error("The store cannot be written now. Nothing was changed; try again.");
        }

        await LoadAsync();
    }

    private void Take(SecondFactorChange change)
    {
        switch (change)
        {
            case SecondFactorChange.Changed { NewRecoveryCodes: { Count: > 0 } codes }:
                _codes = codes;
                break;
            case SecondFactorChange.Changed:
                toasts.Success("Changed. Every other session of yours has ended.");
                break;
            case SecondFactorChange.Needed:
                toasts.Error("Your role needs a second factor, and this is the last one. Add another before you remove it.");
                break;
            default:
                toasts.Error("It was changed meanwhile. Nothing was done.");
                break;
        }
    }

    private async Task AddPasskeyAsync()
    {
        var question = new ReasonQuestion
        {
            Title = "Add a passkey?",
            Named = _account!.UserName,
            Consequence = "This browser asks where to keep it. From then on it signs you in, and every other session of yours ends.",
            ActionLabel = "Go on",
            NeedsReason = false,
            IsDestructive = false,
        };
        if (await acts.AskAsync(Right.ChangeOwnLogin, question) is null || await AskNameAsync() is not { } name)
        {
            return;
        }

        try
        {
            _module ??= await js.InvokeAsync<IJSObjectReference>("import", _left.Token, Module);
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(_left.Token);
            patience.CancelAfter(TimeSpan.FromMinutes(3));
            var result = await _module.InvokeAsync<PasskeyResult?>("addPasskey", patience.Token, name);
            if (result is { Ok: true })
            {
                Take(new SecondFactorChange.Changed(result.Codes ?? []));
            }
            else
            {
                toasts.Error(result?.Message ?? "No passkey was made. Nothing was changed.");
            }
        }
        catch (Exception exception) when (exception is JSException or OperationCanceledException)
        {
            toasts.Error("No passkey was made. Nothing was changed.");
        }

        await LoadAsync();
    }

    private Task<string?> AskNameAsync() => dialogs.AskAsync<string>("What do you call it?", answer => builder =>
    {
        builder.OpenComponent<NameDialog>(0);
        builder.AddComponentParameter(1, nameof(NameDialog.Answer), answer);
        builder.CloseComponent();
    });

    private sealed record PasskeyResult(bool Ok, string? Message, IReadOnlyList<string>? Codes);
}
