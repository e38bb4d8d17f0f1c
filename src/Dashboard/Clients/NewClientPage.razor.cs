using Dashboard.App;
using Dashboard.Core.Access;
using Dashboard.Core.Clients;
using Dashboard.Core.Keys;
using Dashboard.Core.Tokens;
using Microsoft.Extensions.Options;

namespace Dashboard.Clients;

/// <summary>Registers a client. The secret lives in this component alone and is shown once.</summary>
public sealed partial class NewClientPage(ClientAdministration administration, Acts acts, IOptions<TokenOptions> options, KeyRing ring)
    : ClientEditor(options, ring)
{
    private ClientCreation.Created? _created;

    private Task CreateAsync() => SaveAsync(async draft =>
    {
        if (await acts.AskAsync(Right.ManageClients, ClientQuestions.Create(draft)) is not ({ } who, { } reason))
        {
            return;
        }

        switch (await administration.CreateAsync(draft, reason, who, Left))
        {
            case ClientCreation.Created created:
                _created = created;
                break;
            case ClientCreation.Invalid invalid:
                Refuse(invalid.Faults);
                break;
            case ClientCreation.IdTaken:
                Refuse("The id that was chosen is taken. Try again.");
                break;
        }
    });

    private void CreateAnother()
    {
        _created = null;
        Restart(new ClientForm());
    }

    public override void Dispose()
    {
        base.Dispose();
        _created = null;
    }
}
