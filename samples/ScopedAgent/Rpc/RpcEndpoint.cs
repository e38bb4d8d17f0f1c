using System.Text.Json;
using Microsoft.Extensions.Options;

namespace ScopedAgent.Rpc;

/// <summary>Where agents are called. Bad and missing tokens are answered with 401; whatever else goes wrong, with 200 and an error.</summary>
internal static class RpcEndpoint
{
    public static void MapAgentRpc(this WebApplication app)
    {
        var endpoint = app.MapPost("/", HandleAsync);
        if (app.Services.GetRequiredService<IOptions<AgentOptions>>().Value.Open)
        {
            // A bad token is refused all the same: whoever shows one wants to be somebody.
            endpoint.RequireAuthorization(policy => policy.RequireAssertion(context =>
                context.User.Identity is { IsAuthenticated: true }
                || (context.Resource is HttpContext request && request.Request.Headers.Authorization.Count == 0)));
        }
        else
        {
            endpoint.RequireAuthorization();
        }
    }

    private static async Task<IResult> HandleAsync(HttpContext context, AgentRpc rpc, CancellationToken cancellationToken)
    {
        try
        {
            using var body = await JsonDocument.ParseAsync(context.Request.Body, default, cancellationToken);

            // Before the body that it quotes from is gone.
            return Results.Text(
                JsonSerializer.Serialize(rpc.Answer(body.RootElement, context.User), JsonSerializerOptions.Web), "application/json");
        }
        catch (JsonException)
        {
            return Results.Json(RpcAnswer.Error(null, -32700, "Parse error"));
        }
    }
}
