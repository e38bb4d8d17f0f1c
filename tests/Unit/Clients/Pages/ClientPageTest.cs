using Bunit;
using Dashboard.Clients;
using Dashboard.Controls;
using Dashboard.Core.Audit;
using Dashboard.Core.Clients;
using Dashboard.Core.Events;
using Dashboard.Core.Tokens;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Radzen;

namespace Dashboard.Tests.Unit.Clients.Pages;

/// <summary>What the tests of pages of clients share.</summary>
public abstract class ClientPageTest : PageTest
{
    private static readonly Actor Command = Actor.OfCommand("root");

    protected ClientPageTest()
    {
        Services.AddRadzenComponents();
        Services.AddClientPages();
        Services.AddSingleton(_ => Core.Get<ClientAdministration>());
        Services.AddSingleton(_ => Core.Get<ClientDirectory>());
        Services.AddSingleton(_ => Core.Get<TokenDirectory>());
        Services.AddSingleton(_ => Core.Get<EventLog>());
        Services.AddSingleton(_ => Core.Get<AuditLog>());
        Services.AddSingleton(_ => Core.Get<IOptions<TokenOptions>>());
    }

    protected NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    private protected ClientAdministration Administration => Core.Get<ClientAdministration>();

    private protected async Task<Client> AddAsync(string name, Func<ClientDraft, ClientDraft>? change = null)
    {
        var draft = new ClientDraft { Name = name, RedirectUris = ["https://app.example.com/callback"], Scopes = ["files:read"] };
        return Assert.IsType<ClientCreation.Created>(
            await Administration.CreateAsync(change?.Invoke(draft) ?? draft, "a test", Command, Stop)).Client;
    }

    private protected Task<Client?> FindAsync(string id) => Core.Get<ClientDirectory>().FindAsync(id, Stop).AsTask();

    private protected Task<ClientUpdate> DeleteAsync(Client client) => Administration.DeleteAsync(client.Id, "a test", Command, Stop);

    private protected Task<ClientUpdate> SetEnabledAsync(Client client, bool isEnabled) =>
        Administration.SetEnabledAsync(client.Id, isEnabled, "a test", Command, Stop);

    protected IRenderedComponent<TPage> Show<TPage>(string address)
        where TPage : IComponent
    {
        Navigation.NavigateTo(address);
        return Render<TPage>().Loaded();
    }

    protected static Task ClickAsync<TPage>(IRenderedComponent<TPage> page, string button)
        where TPage : IComponent => page.InvokeAsync(() =>
            page.FindAll("button").First(item => item.TextContent.Trim() == button).Click());

    protected static void Answer(IRenderedComponent<DialogHost> dialogs, string reason, string? word = null)
    {
        dialogs.WaitForElement("textarea").Input(reason);
        if (word is not null)
        {
            dialogs.WaitForElement("#typed-word").Input(word);
        }

        dialogs.Find("form").Submit();
    }
}
