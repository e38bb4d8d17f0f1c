using Dashboard.Core.Primitives;

namespace Dashboard.Core.Clients;

/// <summary>What became of a new registration.</summary>
public abstract record ClientCreation
{
    private ClientCreation()
    {
    }

    /// <summary>It is there.</summary>
    /// <param name="Client">As it was stored.</param>
    /// <param name="Secret">Shown this once; null for clients without a secret.</param>
    /// <param name="RegistrationToken">Manages the registration (RFC 7592), shown this once; null where none was made.</param>
    public sealed record Created(Client Client, string? Secret, string? RegistrationToken) : ClientCreation
    {
        /// <summary>Without secrets.</summary>
        public override string ToString() => Client.Id;
    }

    public sealed record IdTaken : ClientCreation;

    public sealed record Invalid(IReadOnlyList<FieldFault> Faults) : ClientCreation;
}

/// <summary>What became of a change of a registration. Nothing changed unless it says so.</summary>
public abstract record ClientUpdate
{
    private ClientUpdate()
    {
    }

    /// <summary>It is so now.</summary>
    /// <param name="Client">As it was stored.</param>
    /// <param name="Secret">A new client secret or registration token, shown this once; null where none was made.</param>
    public sealed record Changed(Client Client, string? Secret = null) : ClientUpdate
    {
        /// <summary>Without the secret.</summary>
        public override string ToString() => Client.Id;
    }

    /// <summary>It was so before.</summary>
    public sealed record Already(Client Client) : ClientUpdate;

    /// <summary>There is no such client, or it has ended.</summary>
    public sealed record Unknown : ClientUpdate;

    /// <summary>Somebody else changed it since it was read.</summary>
    public sealed record Overtaken(Client Client) : ClientUpdate;

    public sealed record Invalid(IReadOnlyList<FieldFault> Faults) : ClientUpdate;

    /// <summary>It does not wait for approval, so it is neither approved nor rejected.</summary>
    public sealed record NotWaiting(Client Client) : ClientUpdate;

    /// <summary>The secret still works for somebody: it was used not long ago, or is the last one.</summary>
    public sealed record SecretInUse(ClientSecret Secret) : ClientUpdate;
}
