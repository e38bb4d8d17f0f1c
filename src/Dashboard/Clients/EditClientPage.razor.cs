using Dashboard.App;
using Dashboard.Controls;
using Dashboard.Core.Access;
using Dashboard.Core.Clients;
using Dashboard.Core.Keys;
using Dashboard.Core.Tokens;
using Dashboard.Hosting.Clients;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;

namespace Dashboard.Clients;

/// <summary>Changes a registration. Whoever was slower is told, and loses nothing of what was typed.</summary>
public sealed partial class EditClientPage(
    ClientDirectory clients,
    ClientAdministration administration,
    Acts acts,
    Toasts toasts,
    NavigationManager navigation,
    IOptions<TokenOptions> options,
    KeyRing ring) : ClientEditor(options, ring)
{
    private Client? _client;

    // What somebody else made of it meanwhile.
    private Client? _newer;

    // A client that begins to prove itself with a secret gets one. It lives in this component alone.
    private string? _secret;
    private string? _loadedId;
    private bool _isLoaded;

    private string Stays => (_client!.Secrets, Form.AuthMethod.UsesSecret) switch
    {
        ([], _) => "Its id stays.",
        (_, true) => "Its id stays, and so do its secrets.",
        _ => "Its id stays; its secrets are deleted.",
    };

    [Parameter]
    public string Id { get; set; } = "";

    protected override async Task OnParametersSetAsync()
    {
        if (Id == _loadedId)
        {
            return;
        }

        (_loadedId, _client, _newer, _secret, _isLoaded) = (Id, null, null, null, false);
        var found = await clients.ReadAsync(Id, Left);
        if (found?.Id == Id && found.Ended is null)
        {
            Take(found);
        }

        _isLoaded = true;
    }

    private Task UpdateAsync() => SaveAsync(async draft =>
    {
        var client = _client!;
        if (await acts.AskAsync(Right.ManageClients, ClientQuestions.Update(client, draft)) is not ({ } who, { } reason))
        {
            return;
        }

        switch (await administration.UpdateAsync(client.Id, draft, client.Version, reason, who, Left))
        {
            case ClientUpdate.Changed { Secret: { } secret } changed:
                (_client, _secret) = (changed.Client, secret);
                break;
            case ClientUpdate.Changed or ClientUpdate.Already:
                toasts.Success($"{draft.Name} is saved.");
                navigation.NavigateTo(ClientsAddress.OfClient(client.Id));
                break;
            case ClientUpdate.Invalid invalid:
                Refuse(invalid.Faults);
                break;
            case ClientUpdate.Overtaken overtaken:
                _newer = overtaken.Client;
                break;
            case var refused:
                Refuse(ClientRefusals.Describe(refused));
                break;
        }
    });

    private void TakeTheirs() => Take(_newer!);

    private void KeepMine() => (_client, _newer) = (_newer, null);

    private void Take(Client client)
    {
        (_client, _newer) = (client, null);
        Restart(ClientForm.Of(client));
    }

    public override void Dispose()
    {
        base.Dispose();
        _secret = null;
    }
}
