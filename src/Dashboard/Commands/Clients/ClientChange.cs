using Dashboard.Commands.Tokens;
using Dashboard.Core.Clients;
using Dashboard.Core.Primitives;
using Dashboard.Hosting.Clients;

namespace Dashboard.Commands.Clients;

/// <summary>What is done to one client that is there.</summary>
internal sealed class ClientChange(CommandRun run, IServiceProvider services)
{
    public CommandRun Run => run;

    public ClientAdministration Administration { get; } = services.GetRequiredService<ClientAdministration>();

    public Task<int> RenewAsync(string id, TimeSpan? lifetime, bool isForever, CancellationToken cancellationToken) =>
        (lifetime is null) != isForever
            ? Task.FromResult(run.RefuseInvalid(new FieldFault("--lifetime", "is required, or --forever in its place")))
            : AnswerAsync(
                Administration.RenewAsync(id, lifetime, run.Reason, CommandRun.Who, cancellationToken),
                client => client.ExpiresAt is { } end ? $"lasts until {CommandText.Time(end)} now" : "never expires now");

    public Task<int> EnableAsync(string id, CancellationToken cancellationToken) => AnswerAsync(
        Administration.SetEnabledAsync(id, true, run.Reason, CommandRun.Who, cancellationToken), client => $"is {client.Status} now");

    public Task<int> DisableAsync(string id, CancellationToken cancellationToken) => WithAsync(
        id,
        async client =>
        {
            const string Sentence = "is disabled now: it is refused, and so are its tokens until it is enabled again";
            if (ClientAdministration.TryDisable(client) is var trial and not ClientUpdate.Changed)
            {
                return Answer(trial, _ => Sentence);
            }

            var preview = await Administration.PreviewDeletionAsync(id, cancellationToken);
            var consequence =
                $"{ClientAnswers.NameOf(client)} gets no tokens any more, and those it has are refused at once wherever Signet is asked. "
                + (preview.Tokens is 0
                    ? "It has no live tokens."
                    : $"{TokenAnswers.Reach(preview)}: refused while it is disabled, they work again with it until they expire.");
            return run.Settle(consequence, new { id, preview.Tokens, preview.Subjects, tokens_are_capped = preview.IsCapped })
                ?? await AnswerAsync(
                    Administration.SetEnabledAsync(id, false, run.Reason, CommandRun.Who, cancellationToken), _ => Sentence);
        },
        cancellationToken);

    public Task<int> DeleteAsync(string id, bool withTokens, CancellationToken cancellationToken) => WithAsync(
        id,
        async client =>
        {
            var preview = await Administration.PreviewDeletionAsync(id, cancellationToken);
            var consequence = $"{ClientAnswers.NameOf(client)} ends for good: its secrets, redirect URIs and registration token go at once. "
                + (preview.Tokens is 0 ? "It has no live tokens. " : $"{TokenAnswers.Reach(preview)} are revoked. ")
                + $"{TokenAnswers.Consequence(preview.LastExpiryAt)} Its id is never used again.";
            if (run.IsDryRun)
            {
                return run.Settle(consequence, ClientDeletionTrialJson.Of(id, preview))!.Value;
            }

            if (preview.Tokens > 0 && !withTokens)
            {
                return run.Refuse(
                    "HAS_TOKENS",
                    $"{ClientAnswers.NameOf(client)} has live tokens, which are revoked with it: add --with-tokens. Nothing was changed.");
            }

            return run.Settle(consequence) ?? await AnswerAsync(
                Administration.DeleteAsync(id, run.Reason, CommandRun.Who, cancellationToken), _ => "is deleted, and its tokens are revoked");
        },
        cancellationToken);

    /// <summary>Works on a client that has not ended, or of which something is left to be ended.</summary>
    public async Task<int> WithAsync(string id, Func<Client, Task<int>> work, CancellationToken cancellationToken) =>
        await services.GetRequiredService<ClientDirectory>().ReadAsync(id, cancellationToken)
            is { Ended: null or { IsCutOff: false } } client
            ? await work(client)
            : ClientAnswers.Refuse(run, new ClientUpdate.Unknown());

    public ClientJson Of(Client client) => ClientJson.Of(client, services.GetRequiredService<TimeProvider>().GetUtcNow());

    private async Task<int> AnswerAsync(Task<ClientUpdate> change, Func<ClientJson, string> sentence) => Answer(await change, sentence);

    private int Answer(ClientUpdate update, Func<ClientJson, string> sentence)
    {
        var client = update switch
        {
            ClientUpdate.Changed changed => changed.Client,

            // Asked for twice is done once.
            ClientUpdate.Already already => already.Client,
            _ => null,
        };
        if (client is null)
        {
            return ClientAnswers.Refuse(run, update);
        }

        var json = Of(client);
        return run.Answer(json, $"{ClientAnswers.NameOf(client)} {sentence(json)}.");
    }
}
