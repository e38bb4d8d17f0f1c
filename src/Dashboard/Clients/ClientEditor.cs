using System.Globalization;
using Dashboard.Core.Clients;
using Dashboard.Core.Clients.Metadata;
using Dashboard.Core.Keys;
using Dashboard.Core.Primitives;
using Dashboard.Core.Tokens;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;

namespace Dashboard.Clients;

/// <summary>What the pages share on which a registration is typed: its fields, and what is wrong with them.</summary>
public abstract class ClientEditor(IOptions<TokenOptions> options, KeyRing ring) : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _left = new();
    private bool _wasSubmitted;

    private protected ClientForm Form { get; private set; } = new();

    private protected IReadOnlyList<FieldFault> Faults { get; private set; } = [];

    /// <summary>What kept it from being saved that belongs to no field; null where nothing did.</summary>
    private protected string? Failure { get; private set; }

    private protected bool IsSaving { get; private set; }

    private protected CancellationToken Left => _left.Token;

    private protected TokenOptions Options => options.Value;

    private protected IReadOnlyList<KeyAlgorithm> Algorithms => ring.Algorithms;

    // Nobody is told off before having tried; from then on each change is looked at.
    private protected void Changed()
    {
        Failure = null;
        Faults = _wasSubmitted ? ClientMetadataRules.FaultsOf(Form.ToDraft(), Options, Algorithms) : [];
    }

    // Lists are typed one entry a line: "redirect_uris[1]" is the second.
    private protected string? ErrorOf(string field) => Faults.FirstOrDefault(fault => fault.Field.Split('[')[0] == field) switch
    {
        null => null,
        { Field: var name, Message: var message } when name.Split('[', ']') is [_, var index, _] =>
            $"Line {int.Parse(index, CultureInfo.InvariantCulture) + 1} {message}.",
        var fault => $"This {fault.Message}.",
    };

    private protected void Refuse(IReadOnlyList<FieldFault> faults) => Faults = faults;

    private protected void Refuse(string failure) => Failure = failure;

    /// <summary>Saves what is typed, unless something is wrong with it or it is being saved.</summary>
    private protected async Task SaveAsync(Func<ClientDraft, Task> save)
    {
        if (IsSaving)
        {
            return;
        }

        _wasSubmitted = true;
        Changed();
        if (Faults is not [])
        {
            return;
        }

        IsSaving = true;
        try
        {
            await save(Form.ToDraft());
        }
        catch (StoreUnavailableException)
        {
            Failure = "The store cannot be written now. Try again.";
        }
        finally
        {
            IsSaving = false;
        }
    }

    private protected void Restart(ClientForm form) =>
        (Form, _wasSubmitted, Faults, Failure) = (form, false, [], null);

    public virtual void Dispose()
    {
        // Cancelled, not disposed: a source without a timer holds nothing, and a late callback may still read its token.
        _left.Cancel();
        GC.SuppressFinalize(this);
    }
}
