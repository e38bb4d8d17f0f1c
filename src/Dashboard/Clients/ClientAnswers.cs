using Dashboard.Core.Clients;
using Dashboard.Hosting;
using Dashboard.Hosting.Clients;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Dashboard.Clients;

/// <summary>What became of a change, as the API says it.</summary>
internal static class ClientAnswers
{
    /// <summary>The client as it is now, with a client secret where the change made one; or why nothing was changed.</summary>
    public static Results<Ok<ClientJson>, ProblemResult> Of(ClientUpdate update, TimeProvider clock) => update switch
    {
        ClientUpdate.Changed changed => TypedResults.Ok(
            ClientJson.Of(changed.Client, clock.GetUtcNow()) with { ClientSecret = changed.Secret }),

        // Asked for twice is done once.
        ClientUpdate.Already already => TypedResults.Ok(ClientJson.Of(already.Client, clock.GetUtcNow())),
        var refused => Refusal(refused),
    };

    /// <summary>What was looked at has to be said, for it can be another client by now.</summary>
    public static ProblemResult VersionMissing(string purpose) => Problems.Invalid(new ValidationError(
        "version", $"is required {purpose}: that of the client as it was looked at"));

    public static ProblemResult Refusal(ClientUpdate update) => update switch
    {
        ClientUpdate.Invalid invalid => Problems.Invalid(invalid.Faults),
        ClientUpdate.Unknown => Problems.Create(ErrorCode.NotFound, ClientRefusals.Describe(update)),
        ClientUpdate.Overtaken overtaken => Problems.Create(
            ErrorCode.Conflict, ClientRefusals.Describe(update), ("version", overtaken.Client.Version)),
        _ => Problems.Create(ErrorCode.Conflict, ClientRefusals.Describe(update)),
    };
}
