using Dashboard.Core.Primitives;

namespace Dashboard.Core.Clients;

/// <summary>
/// What becomes of a client that is changed: decisions alone, nothing is stored. <see cref="ClientUpdate.Changed"/> holds
/// the client as it shall be.
/// </summary>
internal static class ClientEdits
{
    /// <summary>Everything of a client that a draft decides, but for how long it lives.</summary>
    public static Client Apply(Client client, ClientDraft draft) => client with
    {
        Name = draft.Name,
        AuthMethod = draft.AuthMethod,
        GrantTypes = draft.GrantTypes,
        RedirectUris = draft.RedirectUris,
        Scopes = draft.Scopes,
        Resources = draft.Resources,
        Audiences = draft.Audiences,
        AccessTokenLifetime = draft.AccessTokenLifetime,
        AccessTokenAlgorithm = draft.AccessTokenAlgorithm,
        RefreshTokenLifetime = draft.RefreshTokenLifetime,
        IsVerified = draft.IsVerified,
        MayIntrospectAll = draft.MayIntrospectAll,
        ExtraClaims = draft.ExtraClaims,
        Details = draft.Details,
    };

    /// <summary>A draft instead of what there is. A client that begins to prove itself with a secret gets one.</summary>
    public static ClientUpdate Update(Client found, ClientDraft draft, long version, Func<ClientDraft, IReadOnlyList<FieldFault>> faultsOf, DateTimeOffset now)
    {
        if (found.Version != version)
        {
            return new ClientUpdate.Overtaken(found);
        }

        if (faultsOf(draft) is { Count: > 0 } faults)
        {
            return new ClientUpdate.Invalid(faults);
        }

        var changed = Apply(found, draft);
        if (!changed.AuthMethod.UsesSecret)
        {
            changed = changed with { Secrets = [] };
        }

        if (ClientRow.Of(changed) == ClientRow.Of(found))
        {
            return new ClientUpdate.Already(found);
        }

        if (!changed.AuthMethod.UsesSecret || changed.Secrets is not [])
        {
            return new ClientUpdate.Changed(changed);
        }

        var secret = ClientSecrets.New();
        return new ClientUpdate.Changed(changed with { Secrets = [ClientSecrets.Keep(secret, now, null)] }, secret);
    }

    /// <summary>Vouches for a client as it was when somebody looked at it: it can change itself at any time.</summary>
    public static ClientUpdate Verify(Client found, long version) => found switch
    {
        _ when found.Version != version => new ClientUpdate.Overtaken(found),
        { IsVerified: true } => new ClientUpdate.Already(found),
        _ => new ClientUpdate.Changed(found with { IsVerified = true }),
    };

    /// <summary>Lets a client in that waits, as it was when somebody looked at it: it can change itself at any time.</summary>
    public static ClientUpdate Approve(Client found, long version) => found switch
    {
        _ when found.Version != version => new ClientUpdate.Overtaken(found),
        { State: ClientState.Pending } => new ClientUpdate.Changed(found with { State = ClientState.Enabled }),
        { State: ClientState.Enabled } => new ClientUpdate.Already(found),
        _ => new ClientUpdate.NotWaiting(found),
    };

    /// <summary>Lets a client act, or no longer. One that waits for approval is approved or rejected instead.</summary>
    public static ClientUpdate SetEnabled(Client found, bool isEnabled)
    {
        var state = isEnabled ? ClientState.Enabled : ClientState.Disabled;
        return found.State switch
        {
            ClientState.Pending => Invalid("state", "is that of a client which waits for approval: approve or reject it"),
            var now when now == state => new ClientUpdate.Already(found),
            _ => new ClientUpdate.Changed(found with { State = state }),
        };
    }

    public static ClientUpdate Renew(Client found, TimeSpan? lifetime, DateTimeOffset now) =>
        FaultOf(lifetime) is { } fault
            ? new ClientUpdate.Invalid([fault])
            : new ClientUpdate.Changed(found with { ExpiresAt = now + lifetime });

    /// <summary>One more secret, beside those that there are but for the ones whose place it takes.</summary>
    public static ClientUpdate AddSecret(
        Client found, IReadOnlyCollection<string> replaced, TimeSpan? lifetime, DateTimeOffset now)
    {
        if (!found.AuthMethod.UsesSecret)
        {
            return Invalid("token_endpoint_auth_method", "is not one that uses a secret");
        }

        List<ClientSecret> kept = [.. found.Secrets.Where(old => !replaced.Contains(old.Id))];
        if (kept.Count >= ClientLimits.MostSecrets)
        {
            return Invalid("secrets", $"must be at most {ClientLimits.MostSecrets}: delete one first");
        }

        if (FaultOf(lifetime) is { } fault)
        {
            return new ClientUpdate.Invalid([fault]);
        }

        var secret = ClientSecrets.New();
        return new ClientUpdate.Changed(
            found with { Secrets = [.. kept, ClientSecrets.Keep(secret, now, now + lifetime)] }, secret);
    }

    /// <summary>Takes a secret away. One that is not there is gone already.</summary>
    public static ClientUpdate DeleteSecret(Client found, string secretId, bool force, DateTimeOffset now)
    {
        if (found.Secrets.FirstOrDefault(secret => secret.Id == secretId) is not { } secret)
        {
            return new ClientUpdate.Already(found);
        }

        return !force && found.Needs(secret, now)
            ? new ClientUpdate.SecretInUse(secret)
            : new ClientUpdate.Changed(found with { Secrets = [.. found.Secrets.Where(other => other.Id != secretId)] });
    }

    /// <summary>Refuses a lifetime that is none; null, for ever, is one.</summary>
    public static FieldFault? FaultOf(TimeSpan? lifetime) => lifetime <= TimeSpan.Zero || lifetime > ClientLimits.LongestLifetime
        ? new FieldFault("lifetime", $"must be longer than zero and at most {ClientLimits.LongestLifetimeDays} days")
        : null;

    private static ClientUpdate.Invalid Invalid(string field, string message) => new([new FieldFault(field, message)]);
}
