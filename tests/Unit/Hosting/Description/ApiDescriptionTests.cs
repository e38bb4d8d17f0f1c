using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Dashboard.Core.Access;
using Dashboard.Core.Operators;
using Dashboard.Hosting;
using Dashboard.Hosting.Description;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace Dashboard.Tests.Unit.Hosting.Description;

/// <summary>The API's description says of every endpoint what it does, and nothing that is not for its readers.</summary>
public sealed class ApiDescriptionTests(SharedSignet<ApiDescriptionTests> shared)
    : IClassFixture<SharedSignet<ApiDescriptionTests>>, ISharesSignet
{
    /// <summary>What pages and proxies call, and nobody's program does.</summary>
    private static readonly string[] LeftOut =
    [
        "/antiforgery", "/login/passkey", "/logout", "/oauth/authorize", "/session/proof", "/session/proof/passkey", "/verify/request",
    ];

    private readonly WholeSignet _signet = shared.Signet;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_endpoint_is_described_or_left_out_on_purpose()
    {
        var document = await ReadAsync();
        List<string> undescribed = [];
        foreach (var endpoint in Mapped().Where(endpoint => !IsLeftOut(endpoint)))
        {
            foreach (var method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods)
            {
                if (!document.GetProperty("paths").TryGetProperty(PathOf(endpoint), out var path)
                    || !path.TryGetProperty(method.ToLowerInvariant(), out var operation)
                    || !operation.TryGetProperty("summary", out var summary)
                    || summary.GetString() is not { Length: > 0 }
                    || !operation.GetProperty("responses").EnumerateObject().Any(answer => answer.Name[0] is '2' or '3'))
                {
                    undescribed.Add($"{method} {PathOf(endpoint)}");
                }
            }
        }

        Assert.Empty(undescribed);
        Assert.Equal(LeftOut, Mapped().Where(IsLeftOut).Select(PathOf).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Document_is_openapi_3_1_and_every_operation_has_an_id_a_known_tag_and_words_for_what_it_takes()
    {
        var document = await ReadAsync();
        var operations = Operations(document).ToList();

        Assert.StartsWith("3.1.", document.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        Assert.Equal("http://localhost", document.GetProperty("servers")[0].GetProperty("url").GetString());
        Assert.Equal(operations.Count, operations.Select(each => each.GetProperty("operationId").GetString()).Distinct().Count());
        Assert.Empty(operations.Select(each => each.GetProperty("tags")[0].GetString()).Except(ApiFamilies.Tags.Select(tag => tag.Name)));
        Assert.Empty(operations
            .SelectMany(each => each.TryGetProperty("parameters", out var parameters) ? parameters.EnumerateArray().ToList() : [])
            .Where(parameter => parameter.GetProperty("in").GetString() is not "path" && !parameter.TryGetProperty("description", out _))
            .Select(parameter => parameter.GetProperty("name").GetString())
            .Distinct());
    }

    [Fact]
    public async Task Every_reference_leads_somewhere()
    {
        var document = await ReadAsync();

        Assert.All(
            All(document).Where(member => member.Name is "$ref").Select(member => member.Value.GetString()!).Distinct(StringComparer.Ordinal),
            reference => Assert.True(Leads(document, reference), reference));
    }

    [Fact]
    public async Task Document_names_no_type_and_no_place_of_the_program_and_no_secret()
    {
        var text = (await ReadAsync()).GetRawText();

        Assert.All(
            (string[])["Dashboard.", "Microsoft.", "System.", "quiet lantern", "/tmp/", "master.key", "signet.db", "JsonElement", "NullableOf"],
            secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Operations_say_who_may_and_how_they_refuse()
    {
        var document = await ReadAsync();
        var rotation = Operation(document, "/dashboard/keys/rotation", "post");
        var token = Operation(document, "/oauth/token", "post");

        Assert.Equal(["administrator"], rotation.GetProperty("x-roles").EnumerateArray().Select(role => role.GetString()));
        Assert.True(rotation.GetProperty("x-recent-proof").GetBoolean());
        Assert.Equal(
            ["operator_token", "session_cookie"],
            rotation.GetProperty("security").EnumerateArray().Select(choice => choice.EnumerateObject().Single().Name));
        Assert.Equal(["INSUFFICIENT_ROLE", "STEP_UP_REQUIRED"], CodesOf(rotation, "403"));
        Assert.Equal(["CONFLICT"], CodesOf(rotation, "409"));
        Assert.Equal("#/components/schemas/Problem", SchemaOf(rotation, "409", "application/problem+json").GetProperty("$ref").GetString());
        Assert.Equal(
            ["#/components/schemas/Rotation", "#/components/schemas/RotationTrial"],
            SchemaOf(rotation, "200", "application/json").GetProperty("anyOf").EnumerateArray().Select(each => each.GetProperty("$ref").GetString()));

        Assert.False(SchemaOf(Operation(document, "/dashboard/settings/export", "get"), "200", "application/json").TryGetProperty("type", out _));
        Assert.Equal(
            "string", SchemaOf(Operation(document, "/dashboard/tokens/export", "get"), "200", "text/csv").GetProperty("type").GetString());

        Assert.Contains("invalid_grant", CodesOf(token, "400"));
        Assert.Equal("#/components/schemas/OAuthError", SchemaOf(token, "400", "application/json").GetProperty("$ref").GetString());
        Assert.True(token.GetProperty("requestBody").GetProperty("content")
            .GetProperty("application/x-www-form-urlencoded").GetProperty("schema").GetProperty("properties").TryGetProperty("code_verifier", out _));
        Assert.False(Operation(document, "/healthz", "get").TryGetProperty("security", out _));
    }

    [Fact]
    public async Task Problem_lists_every_code_and_members_are_described_as_they_are_sent()
    {
        var schemas = (await ReadAsync()).GetProperty("components").GetProperty("schemas");
        var token = schemas.GetProperty("Token");

        Assert.Equal(
            Enum.GetValues<ErrorCode>().Select(code => code.Name),
            schemas.GetProperty("Problem").GetProperty("properties").GetProperty("error_code").GetProperty("enum").EnumerateArray()
                .Select(code => code.GetString()));
        Assert.Equal("string", token.GetProperty("properties").GetProperty("issued_at").GetProperty("type").GetString());
        Assert.Contains("jti", Required(token));
        Assert.DoesNotContain("client_id", Required(token));
        Assert.Equal("string", token.GetProperty("properties").GetProperty("client_id").GetProperty("type").GetString());
        Assert.Equal(
            "#/components/schemas/PresentationSpan",
            token.GetProperty("properties").GetProperty("presented").GetProperty("$ref").GetString());
        Assert.Equal(["reason"], Required(schemas.GetProperty("RevokeTokensRequest")));
        Assert.Equal(
            "Why, for the audit log.",
            schemas.GetProperty("RevokeTokenRequest").GetProperty("properties").GetProperty("reason").GetProperty("description").GetString());
    }

    [Fact]
    public async Task Document_is_for_whoever_may_log_in_and_made_once()
    {
        using var stranger = await _signet.Client.GetAsync(new Uri(ApiDocument.Path, UriKind.Relative), Stop);
        using var first = await GetAsync();
        using var second = await GetAsync();
        var document = _signet.Services.GetRequiredService<ApiDocument>();

        Assert.Equal(HttpStatusCode.Unauthorized, stranger.StatusCode);
        Assert.Equal("application/json", first.Content.Headers.ContentType?.MediaType);
        Assert.Equal(await first.Content.ReadAsByteArrayAsync(Stop), await second.Content.ReadAsByteArrayAsync(Stop));
        Assert.Same(await document.ReadAsync(), await document.ReadAsync());
    }

    [Fact]
    public async Task Document_is_made_some_time_after_the_start_before_anybody_asks()
    {
        var provider = new CountedDocuments();
        var clock = new ManualClock();
        using var maker = new ApiDocumentMaker(new ApiDocument(provider), clock);
        await maker.StartAsync(Stop);
        Assert.Equal(0, provider.Asked);

        await Eventually.TrueAsync(() => clock.WaitingTimers == 1);
        clock.Advance(ApiDocumentMaker.Rest);

        await Eventually.TrueAsync(() => provider.Asked == 1);
        await maker.ExecuteTask!;
    }

    private async Task<HttpResponseMessage> GetAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, ApiDocument.Path);
        var reader = _signet.Services.GetRequiredService<OperatorDirectory>().FindByName("reader")
            ?? await _signet.AddOperatorAsync("reader", Roles.Support);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await _signet.LogInAsync(reader));
        request.Headers.Add("X-Client-Fingerprint", WholeSignet.Fingerprint);
        return await _signet.Client.SendAsync(request, Stop);
    }

    private async Task<JsonElement> ReadAsync()
    {
        using var document = JsonDocument.Parse(await _signet.Services.GetRequiredService<ApiDocument>().ReadAsync());
        return document.RootElement.Clone();
    }

    private static IEnumerable<JsonElement> Operations(JsonElement document) =>
        document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Select(operation => operation.Value));

    private static JsonElement Operation(JsonElement document, string path, string method) =>
        document.GetProperty("paths").GetProperty(path).GetProperty(method);

    private static IEnumerable<string?> CodesOf(JsonElement operation, string status) =>
        operation.GetProperty("responses").GetProperty(status).GetProperty("x-error-codes").EnumerateArray().Select(code => code.GetString());

    private static JsonElement SchemaOf(JsonElement operation, string status, string type) =>
        operation.GetProperty("responses").GetProperty(status).GetProperty("content").GetProperty(type).GetProperty("schema");

    private static IEnumerable<string?> Required(JsonElement schema) =>
        schema.TryGetProperty("required", out var names) ? names.EnumerateArray().Select(name => name.GetString()) : [];

    private static IEnumerable<JsonProperty> All(JsonElement of) => of.ValueKind switch
    {
        JsonValueKind.Object => of.EnumerateObject().SelectMany(member => All(member.Value).Prepend(member)),
        JsonValueKind.Array => of.EnumerateArray().SelectMany(All),
        _ => [],
    };

    private static bool Leads(JsonElement document, string reference)
    {
        var place = document;
        return reference.Split('/').Skip(1).All(name => place.ValueKind is JsonValueKind.Object && place.TryGetProperty(name, out place));
    }

    private IEnumerable<RouteEndpoint> Mapped() => _signet.Endpoints.Where(endpoint =>
        endpoint.Metadata.GetMetadata<HttpMethodMetadata>() is not null
        && endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is null
        && !endpoint.IsStaticAsset
        && !PathOf(endpoint).StartsWith("/_", StringComparison.Ordinal)
        && PathOf(endpoint) is not "/{path}");

    private static bool IsLeftOut(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<IExcludeFromDescriptionMetadata>() is { ExcludeFromDescription: true };

    // As the document writes it: without a slash at its end and without what a parameter must look like.
    private static string PathOf(RouteEndpoint endpoint) =>
        "/" + string.Join(
            '/',
            endpoint.RoutePattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
            {
                RoutePatternLiteralPart literal => literal.Content,
                RoutePatternParameterPart parameter => "{" + parameter.Name + "}",
                _ => "",
            }))));

    private sealed class CountedDocuments : IOpenApiDocumentProvider
    {
        private int _asked;

        public int Asked => Volatile.Read(ref _asked);

        public Task<OpenApiDocument> GetOpenApiDocumentAsync(CancellationToken cancellationToken = default)
        {
            Interlocked.Increment(ref _asked);
            return Task.FromResult(new OpenApiDocument());
        }
    }
}
