namespace Dashboard.Core.Clients;

public sealed class ClientUses
{
    public void Record(string clientId, string? secretId) => _ = (clientId, secretId);
}
