using Dashboard.Core.Clients;
using Microsoft.AspNetCore.Components;

namespace Dashboard.Clients;

/// <summary>Every secret of a client by its first characters. What they are nobody knows any more.</summary>
public sealed partial class SecretList(TimeProvider clock)
{
    [Parameter, EditorRequired]
    public Client Client { get; set; } = null!;

    [Parameter]
    public bool CanManage { get; set; }

    /// <summary>Asked for one more, that lives so long; null for one that never expires.</summary>
    [Parameter]
    public EventCallback<TimeSpan?> OnAdd { get; set; }

    [Parameter]
    public EventCallback<ClientSecret> OnDelete { get; set; }

    private string Note => Client.Secrets.Count < ClientLimits.MostSecrets
        ? "Several work at once: add one, give it to the client, and delete the old one when it is no longer used."
        : $"No client has more than {ClientLimits.MostSecrets} secrets. Delete one to add another.";

    // Nobody misses it; one that was just made has had no time to be used.
    private bool IsIdle(ClientSecret secret) => clock.GetUtcNow() - (secret.LastUsedAt ?? secret.CreatedAt) >= ClientLimits.SecretInUseFor;
}
