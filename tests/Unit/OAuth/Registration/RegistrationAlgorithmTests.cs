using System.Text.Json;
using Dashboard.Core.Audit;
using Dashboard.Core.Clients;
using Dashboard.Core.Keys;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Tests.Unit.OAuth.Registration;

/// <summary>What clients that register themselves choose their tokens to be signed with, and what is not theirs to choose.</summary>
public sealed class RegistrationAlgorithmTests : IAsyncLifetime
{
    private WholeSignet _signet = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _signet = await OpenRegistration.StartAsync(
        "--Registration:Mode=open",
        "--Throttling:Budgets:Registration=0",
        "--Throttling:Budgets:Tokens=0",
        "--Keys:OtherAlgorithms:0=PS256",
        "--Keys:OtherAlgorithms:1=HS256");

    public ValueTask DisposeAsync() => _signet.DisposeAsync();

    [Fact]
    public async Task Client_chooses_reads_and_replaces_its_algorithm()
    {
        var (status, registered) = await RegisterAsync("PS256");
        Assert.Equal((201, "PS256"), (status, Algorithm(registered)));
        Assert.Equal(KeyAlgorithm.PS256, (await FindAsync(registered))!.AccessTokenAlgorithm);

        var (_, read) = await SendAsync(HttpMethod.Get, registered, null);
        Assert.Equal("PS256", Algorithm(read));

        var (_, same) = await SendAsync(HttpMethod.Put, read, "PS256");
        Assert.Equal("PS256", Algorithm(same));
        var (_, without) = await SendAsync(HttpMethod.Put, same, null);
        Assert.Null(Algorithm(without));
        Assert.Null((await FindAsync(registered))!.AccessTokenAlgorithm);
    }

    [Theory]
    [InlineData("HS256")]
    [InlineData("RS256")]
    [InlineData("none")]
    public async Task What_no_client_may_choose_is_refused(string algorithm)
    {
        var (status, problem) = await RegisterAsync(algorithm);

        Assert.Equal((400, "invalid_client_metadata"), (status, problem.GetProperty("error").GetString()));
        Assert.Contains("access_token_signed_response_alg", problem.GetProperty("error_description").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shared_secret_that_an_operator_chose_stays_and_may_be_said_again()
    {
        var (_, registered) = await RegisterAsync("PS256");
        var client = (await FindAsync(registered))!;
        var administration = _signet.Services.GetRequiredService<ClientAdministration>();
        Assert.IsType<ClientUpdate.Changed>(await administration.UpdateAsync(
            client.Id, ClientDraft.Of(client) with { AccessTokenAlgorithm = KeyAlgorithm.HS256 }, client.Version, "why", Actor.OfCommand("test"), Stop));

        var (_, without) = await SendAsync(HttpMethod.Put, registered, null);
        Assert.Equal("HS256", Algorithm(without));
        var (status, again) = await SendAsync(HttpMethod.Put, without, "HS256");

        Assert.Equal((200, "HS256"), (status, Algorithm(again)));
    }

    private static string? Algorithm(JsonElement client) =>
        client.TryGetProperty("access_token_signed_response_alg", out var algorithm) ? algorithm.GetString() : null;

    private async Task<Client?> FindAsync(JsonElement client) => await _signet.Services.GetRequiredService<ClientDirectory>()
        .ReadAsync(client.GetProperty("client_id").GetString()!, Stop);

    private async Task<(int Status, JsonElement Body)> RegisterAsync(string algorithm)
    {
        using var answer = await OpenRegistration.RegisterAsync(
            _signet.Client,
            $$"""{"redirect_uris":["https://app.example.com/cb"],"access_token_signed_response_alg":"{{algorithm}}"}""");
        return ((int)answer.StatusCode, await TestHost.JsonOf(answer));
    }

    private async Task<(int Status, JsonElement Body)> SendAsync(HttpMethod method, JsonElement client, string? algorithm)
    {
        var id = client.GetProperty("client_id").GetString();
        var more = algorithm is null ? "" : $",\"access_token_signed_response_alg\":\"{algorithm}\"";
        using var answer = await OpenRegistration.SendAsync(
            _signet.Client,
            method,
            $"/oauth/register/{id}",
            method == HttpMethod.Get ? null : $$"""{"client_id":"{{id}}","redirect_uris":["https://app.example.com/cb"]{{more}}}""",
            client.GetProperty("registration_access_token").GetString());
        return ((int)answer.StatusCode, await TestHost.JsonOf(answer));
    }
}
