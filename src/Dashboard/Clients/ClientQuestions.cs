using Dashboard.Controls;
using Dashboard.Core.Clients;
using Dashboard.Core.Tokens.Revocation;

namespace Dashboard.Clients;

/// <summary>What an administrator is told and asked before a client is made or changed.</summary>
internal static class ClientQuestions
{
    // Above so many a word has to be typed.
    private const int ManyClients = 10;
    private const int ManyTokens = 100;

    private const string KeepsTokens = "Its tokens: they are refused while it is disabled, and work again with it until they expire.";

    public static ReasonQuestion Create(ClientDraft draft) => new()
    {
        Title = "Register this client?",
        Named = $"{draft.Name} · {(draft.AuthMethod is ClientAuthMethod.None ? "public" : "confidential")}",
        Consequence = draft.AuthMethod.UsesSecret
            ? "It gets an id, and a secret that is shown to you once."
            : "It gets an id. It has no secret.",
        ActionLabel = "Register client",
        IsDestructive = false,
    };

    public static ReasonQuestion Update(Client client, ClientDraft draft)
    {
        var losesSecrets = client.Secrets is not [] && !draft.AuthMethod.UsesSecret;
        return new ReasonQuestion
        {
            Title = "Change this client?",
            Named = NameOf(client),
            Consequence = "What it asks for from now on is measured by the new registration."
                + (losesSecrets ? $" {(client.Secrets.Count is 1 ? "Its secret is" : $"Its {CountText.Of(client.Secrets.Count, "secret")} are")} deleted: it no longer proves itself with one. Nobody can bring back what is deleted." : ""),
            Survives = losesSecrets ? "Its id and its tokens." : "Its id, secrets and tokens.",
            ActionLabel = losesSecrets ? "Save and delete secrets" : "Save changes",
            IsDestructive = losesSecrets,
        };
    }

    public static ReasonQuestion Delete(Client client, RevocationPreview preview, BrowserTime time) => new()
    {
        Title = "Delete this client?",
        Named = NameOf(client),
        Consequence = $"Its secrets, redirect URIs and registration token go at once, and {Reach(preview, "")}. {RevocationWords.Consequence(preview.LastExpiryAt, time)}",
        Survives = "A line that says when, by whom and why, so that its refusals explain themselves. Its id is never used again.",
        ActionLabel = "Delete client",
        TypedWord = preview.Tokens > ManyTokens ? "DELETE" : null,
    };

    /// <summary>The question before an act on one client. Deleting has one of its own.</summary>
    public static ReasonQuestion Of(Client client, ClientAct act) => Of(act, NameOf(client), isOne: true);

    /// <summary>The question before an act on several.</summary>
    /// <param name="clients">Which.</param>
    /// <param name="act">What.</param>
    /// <param name="preview">What would be revoked; null for acts that revoke nothing.</param>
    /// <param name="time">The browser's.</param>
    public static ReasonQuestion Of(IReadOnlyCollection<Client> clients, ClientAct act, RevocationPreview? preview, BrowserTime time)
    {
        var question = Of(act, CountText.Of(clients.Count, "client"), isOne: false);
        return question with
        {
            // Each client was counted by itself: somebody who uses two of them was counted twice.
            Consequence = preview is null
                ? question.Consequence
                : $"Their secrets, redirect URIs and registration tokens go at once, and {Reach(preview, clients.Count is 1 ? "" : "up to ")}. {RevocationWords.Consequence(preview.LastExpiryAt, time)}",
            TypedWord = act is ClientAct.Delete or ClientAct.Disable && (clients.Count > ManyClients || preview?.Tokens > ManyTokens)
                ? (act is ClientAct.Delete ? "DELETE" : "DISABLE")
                : null,
        };
    }

    /// <summary>What is going on while an act is carried out on several: "Disabling".</summary>
    public static string DoingOf(ClientAct act) => act switch
    {
        ClientAct.Disable => "Disabling",
        ClientAct.Delete => "Deleting",
        ClientAct.Renew => "Renewing",
        _ => "Changing",
    };

    /// <summary>What was done: "disabled".</summary>
    public static string DoneOf(ClientAct act) => act switch
    {
        ClientAct.Enable => "enabled",
        ClientAct.Disable => "disabled",
        ClientAct.Verify => "marked as verified",
        ClientAct.Unverify => "no longer marked as verified",
        ClientAct.Approve => "approved",
        ClientAct.Reject => "rejected",
        ClientAct.Delete => "deleted",
        ClientAct.Renew => "renewed",
        _ => "changed",
    };

    /// <summary>A client as operators know it.</summary>
    public static string NameOf(Client client) => $"{client.Name} · {client.Id}";

    // "12 live tokens of 3 subjects are revoked"
    private static string Reach(RevocationPreview preview, string most) => preview.Tokens is 0
        ? "there is no live token to revoke"
        : $"{CountText.Of(preview.Tokens, "live token", preview.IsCapped)} of {most}{CountText.Of(preview.Subjects, "subject", preview.IsCapped)} {(preview.Tokens is 1 ? "is" : "are")} revoked";

    private static ReasonQuestion Of(ClientAct act, string named, bool isOne) => act switch
    {
        ClientAct.Enable => new ReasonQuestion
        {
            Title = isOne ? "Enable this client?" : "Enable these clients?",
            Named = named,
            Consequence = "It may ask for tokens again, and those it has that have not expired work again.",
            ActionLabel = "Enable",
            IsDestructive = false,
        },
        ClientAct.Disable => new ReasonQuestion
        {
            Title = isOne ? "Disable this client?" : "Disable these clients?",
            Named = named,
            Consequence = isOne
                ? "It gets no tokens any more, and those it has are refused at once wherever Signet is asked."
                : "They get no tokens any more, and those they have are refused at once wherever Signet is asked.",
            Survives = isOne ? KeepsTokens : "Their tokens: they are refused while their client is disabled, and work again with it until they expire.",
            ActionLabel = "Disable",
        },
        ClientAct.Verify => new ReasonQuestion
        {
            Title = "Vouch for this client?",
            Named = named,
            Consequence = "People who are asked for consent no longer read “unverified” beside its name.",
            ActionLabel = "Mark as verified",
            IsDestructive = false,
        },
        ClientAct.Unverify => new ReasonQuestion
        {
            Title = "No longer vouch for this client?",
            Named = named,
            Consequence = "People who are asked for consent read “unverified” beside its name.",
            ActionLabel = "Take back “verified”",
            IsDestructive = false,
        },
        ClientAct.Approve => new ReasonQuestion
        {
            Title = "Approve this client?",
            Named = named,
            Consequence = "It may ask for tokens from now on, as its registration says.",
            ActionLabel = "Approve",
            IsDestructive = false,
        },
        ClientAct.Reject => new ReasonQuestion
        {
            Title = "Reject this client?",
            Named = named,
            Consequence = "Its registration goes at once, and with it every token that it has. It may try again with a new one.",
            Survives = "A line that says when, by whom and why.",
            ActionLabel = "Reject",
        },
        ClientAct.Renew { Lifetime: var lifetime } => new ReasonQuestion
        {
            Title = isOne ? "Renew this client?" : "Renew these clients?",
            Named = named,
            Consequence = lifetime is { } length
                ? $"{(isOne ? "Its registration expires" : "Their registrations expire")} {DurationText.Of(length)} from now."
                : $"{(isOne ? "Its registration never expires" : "Their registrations never expire")} any more.",
            ActionLabel = "Renew",
            IsDestructive = false,
        },
        ClientAct.Delete => new ReasonQuestion
        {
            Title = isOne ? "Delete this client?" : "Delete these clients?",
            Named = named,
            Consequence = "",
            Survives = "A line for each that says when, by whom and why, so that refusals explain themselves. Their ids are never used again.",
            ActionLabel = "Delete",
        },
        _ => throw new ArgumentOutOfRangeException(nameof(act), act, "There is no question for this act."),
    };
}
