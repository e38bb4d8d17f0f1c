using Dashboard.Core.Clients;
using Dashboard.Hosting;
using Dashboard.Hosting.Clients;

namespace Dashboard.Commands.Clients;

/// <summary>What commands about clients answer. A secret is all there is on standard output, so that it can be piped.</summary>
internal static class ClientAnswers
{
    public static string NameOf(Client client) => $"{CommandText.Plain(client.Name)} ({client.Id})";

    /// <summary>A client with a secret that is shown this once.</summary>
    public static int Secret(CommandRun run, ClientJson client, string note)
    {
        run.Note(note);
        return run.Answer(client, client.ClientSecret!);
    }

    public static int Refuse(CommandRun run, ClientUpdate update) => update switch
    {
        ClientUpdate.Invalid { Faults: var faults } => run.RefuseInvalid(faults),
        ClientUpdate.Unknown => run.Refuse(ErrorCode.NotFound.Name, $"{ClientRefusals.Unknown} See: clients list."),
        _ => run.Refuse(ErrorCode.Conflict.Name, ClientRefusals.Describe(update)),
    };

    public static int Show(CommandRun run, ClientJson client) => run.Answer(client, writer =>
    {
        var facts = new CommandTable("FACT", "VALUE");
        facts.Add("client_id", client.ClientId);
        facts.Add("name", client.ClientName);
        facts.Add("status", client.Status);
        facts.Add("type", client.Type);
        facts.Add("origin", client.Origin);
        facts.Add("verified", client.Verified ? "yes" : "no");
        facts.Add("proves itself by", client.TokenEndpointAuthMethod);
        facts.Add("grants", string.Join(' ', client.GrantTypes));
        facts.Add("redirect URIs", string.Join(' ', client.RedirectUris));
        facts.Add("scopes", client.Scope);
        facts.Add("resources", string.Join(' ', client.Resources));
        facts.Add("is the API of", string.Join(' ', client.Audiences));
        facts.Add("created", $"{CommandText.Time(client.CreatedAt)} by {client.CreatedBy}");
        facts.Add("expires", CommandText.Time(client.ExpiresAt));
        facts.Add("last used", CommandText.Time(client.LastUsedAt));
        facts.Add("ended", client.Ended is { } ended ? $"{ended.Reason}, {CommandText.Time(ended.At)} by {ended.By}" : null);
        facts.Write(writer);
        if (client.Secrets is [])
        {
            return;
        }

        writer.WriteLine();
        var secrets = new CommandTable("SECRET", "ID", "CREATED", "EXPIRES", "LAST USED");
        foreach (var secret in client.Secrets)
        {
            secrets.Add(
                secret.Prefix + "…",
                secret.Id,
                CommandText.Time(secret.CreatedAt),
                CommandText.Time(secret.ExpiresAt),
                CommandText.Time(secret.LastUsedAt));
        }

        secrets.Write(writer);
    });
}
