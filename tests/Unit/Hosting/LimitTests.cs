using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Hosting;

public sealed class LimitTests : IAsyncLifetime
{
    private TestHost _host = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _host = await TestHost.StartAsync(Endpoints.Map);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Body_of_two_mebibytes_is_too_large_however_it_is_sent(bool chunked)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/raw") { Content = new ByteArrayContent(new byte[2 * 1024 * 1024]) };
        request.Headers.TransferEncodingChunked = chunked;
        request.Headers.ExpectContinue = !chunked;
        using var response = await _host.SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        await AssertCodeAsync(response, "REQUEST_TOO_LARGE");
    }

    [Fact]
    public async Task Body_of_one_mebibyte_is_read()
    {
        using var response = await _host.Client.PostAsync("/raw", new ByteArrayContent(new byte[1024 * 1024]), Stop);

        Assert.Equal("1048576", await response.Content.ReadAsStringAsync(Stop));
    }

    [Theory]
    [InlineData("""{"user_name":"a","count":"7"}""", "count", "must be a whole number")]
    [InlineData("""{"user_name":7}""", "user_name", "must be a string")]
    [InlineData("""{"user_name":"a","scopes":"read"}""", "scopes", "must be an array")]
    [InlineData("""{"user_name":"a","scopes":[1]}""", "scopes[0]", "must be a string")]
    [InlineData("""{"user_name":"a","kind":"third"}""", "kind", "must be one of first, second_one")]
    [InlineData("""{"user_name":"a","kind":1}""", "kind", "must be one of first, second_one")]
    [InlineData("""{"user_name":"far too long"}""", "user_name", "must be at most 5 characters long")]
    [InlineData("""{"count":1}""", "user_name", "is required")]
    [InlineData("""{"USER_NAME":"a"}""", "user_name", "required")]
    public async Task Wrong_member_is_named_with_what_was_expected(string json, string field, string message)
    {
        using var response = await PostJsonAsync(json);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        var error = (await AssertCodeAsync(response, "VALIDATION_FAILED")).GetProperty("validation_errors")[0];
        Assert.Equal(field, error.GetProperty("field").GetString());
        Assert.Contains(message, error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "needs a JSON body")]
    [InlineData("{", "not valid JSON")]
    [InlineData("""{"user_name":"a"} trailing""", "not valid JSON")]
    [InlineData("""{"user_name":"a","user_name":"b"}""", "'user_name' is given more than once")]
    [InlineData("""{"x":[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]}""", "nested too deeply")]
    public async Task Unreadable_json_is_refused_in_words(string json, string words)
    {
        using var response = await PostJsonAsync(json);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var body = await AssertCodeAsync(response, "INVALID_INPUT");
        Assert.Contains(words, body.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Good_json_is_read_and_written_in_snake_case_without_nulls()
    {
        using var response = await PostJsonAsync("""{"user_name":"a","count":2,"kind":"second_one","unknown":true}""");

        Assert.Equal("""{"user_name":"a","count":2,"kind":"second_one"}""", await response.Content.ReadAsStringAsync(Stop));
    }

    [Theory]
    [InlineData("application/json; charset=utf-7")]
    [InlineData("application/json; charset=nonsense")]
    [InlineData("application/x-www-form-urlencoded; charset=utf-16")]
    [InlineData("text/plain")]
    public async Task Other_media_types_and_charsets_are_415(string type)
    {
        using var content = new ByteArrayContent("{}"u8.ToArray());
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        using var response = await _host.Client.PostAsync("/json", content, Stop);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
        await AssertCodeAsync(response, "INVALID_INPUT");
    }

    [Theory]
    [InlineData("/number", "value", "is required")]
    [InlineData("/number?value=abc", "value", "must be a whole number")]
    public async Task Wrong_query_parameter_is_named(string path, string field, string message)
    {
        using var response = await _host.GetAsync(path);

        var error = (await AssertCodeAsync(response, "VALIDATION_FAILED")).GetProperty("validation_errors")[0];
        Assert.Equal((field, message), (error.GetProperty("field").GetString(), error.GetProperty("message").GetString()));
    }

    [Theory]
    [InlineData("/number?value=1&value=2", "'value'")]
    [InlineData("/hello?a=1&a=2", "'a'")]
    [InlineData("/many?scope=1&scope=2&other=1&other=2", "'other'")]
    public async Task Query_parameter_given_twice_is_refused(string path, string name)
    {
        using var response = await _host.GetAsync(path);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var body = await AssertCodeAsync(response, "INVALID_INPUT");
        Assert.Contains(name, body.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Parameter_that_may_repeat_is_accepted()
    {
        using var response = await _host.GetAsync("/many?scope=1&scope=2");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Form_parameter_given_twice_is_refused_in_the_words_of_each_family()
    {
        using var ours = await PostFormAsync("/form", "a=1&a=2");
        using var oauth = await PostFormAsync("/oauth/form", "a=1&a=2");

        await AssertCodeAsync(ours, "INVALID_INPUT");
        Assert.Equal(HttpStatusCode.BadRequest, oauth.StatusCode);
        var body = await TestHost.JsonOf(oauth);
        Assert.Equal("application/json", oauth.Content.Headers.ContentType?.MediaType);
        Assert.Equal("invalid_request", body.GetProperty("error").GetString());
        Assert.Contains("'a'", body.GetProperty("error_description").GetString(), StringComparison.Ordinal);
        Assert.Equal(oauth.Headers.GetValues("X-Request-ID").Single(), body.GetProperty("request_id").GetString());
    }

    [Fact]
    public async Task Form_beyond_its_limits_is_400()
    {
        using var keys = await PostFormAsync("/form", string.Join('&', Enumerable.Range(0, 2000).Select(key => $"k{key}=1")));
        using var longKey = await PostFormAsync("/form", new string('k', 5000) + "=1");
        using var longValue = await PostFormAsync("/form", "k=" + new string('v', 300_000));

        await AssertCodeAsync(keys, "INVALID_INPUT");
        await AssertCodeAsync(longKey, "INVALID_INPUT");
        await AssertCodeAsync(longValue, "INVALID_INPUT");
    }

    [Theory]
    [InlineData("/form", "INVALID_INPUT")]
    [InlineData("/oauth/form", null)]
    public async Task Json_where_a_form_belongs_is_415(string path, string? code)
    {
        using var response = await _host.Client.PostAsync(path, new StringContent("{}", Encoding.UTF8, "application/json"), Stop);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
        var body = await TestHost.JsonOf(response);
        Assert.Equal(code ?? "invalid_request", body.GetProperty(code is null ? "error" : "error_code").GetString());
    }

    [Theory]
    [InlineData("TRACE")]
    [InlineData("BREW")]
    [InlineData("CONNECT")]
    public async Task Method_that_nobody_answers_is_refused(string method)
    {
        var answer = await _host.SendRawAsync($"{method} /hello HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");

        // Kestrel itself refuses CONNECT to a path.
        Assert.Matches("^HTTP/1.1 (405|400) ", answer);
    }

    [Theory]
    [InlineData("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\nzz\r\n\r\n")]
    [InlineData("Content-Length: 5\r\nTransfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n")]
    public async Task Bad_framing_is_400(string rest)
    {
        var answer = await _host.SendRawAsync($"POST /raw HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n{rest}");

        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Headers_of_more_than_32_kibibytes_are_431()
    {
        var answer = await _host.SendRawAsync(
            $"GET /hello HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nX-Long: {new string('x', 33_000)}\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 431 ", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("evil.example", 400)]
    [InlineData("signet.example.com.evil.example", 400)]
    [InlineData("signet.example.com", 200)]
    [InlineData("SIGNET.example.com:8443", 200)]
    [InlineData("signet.internal", 200)]
    [InlineData("localhost:1", 200)]
    [InlineData("127.0.0.1", 200)]
    [InlineData("[::1]:8001", 200)]
    public async Task Hosts_are_those_of_issuer_and_origins_where_none_are_named(string name, int status)
    {
        await using var host = await TestHost.StartAsync(
            Endpoints.Map, new Dictionary<string, string?> { ["Hosting:Origins:0"] = "https://signet.internal" });

        using var answer = await host.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/hello") { Headers = { { "Host", name } } });
        using var health = await host.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/healthz") { Headers = { { "Host", name } } });

        Assert.Equal(status, (int)answer.StatusCode);

        // Whoever probes asks by whatever address they have.
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
    }

    [Fact]
    public async Task Host_that_is_not_ours_is_refused_where_hosts_are_named()
    {
        await using var host = await TestHost.StartAsync(
            Endpoints.Map, new Dictionary<string, string?> { ["AllowedHosts"] = "signet.example.com;*.internal" });

        using var evil = await host.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/hello") { Headers = { { "Host", "evil.example" } } });
        using var ours = await host.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/hello") { Headers = { { "Host", "a.internal" } } });

        await AssertCodeAsync(evil, "INVALID_INPUT");
        Assert.Equal(HttpStatusCode.OK, ours.StatusCode);
    }

    [Theory]
    [InlineData("http", false, "/hello", 400)]
    [InlineData("http", false, "/healthz", 200)]
    [InlineData("http", true, "/hello", 200)]
    [InlineData("https", false, "/hello", 200)]
    [InlineData("wss", false, "/hello", 200)]
    [InlineData("ws", false, "/hello", 400)]
    public async Task Plain_http_from_another_machine_is_refused_unless_allowed(string scheme, bool allowed, string path, int status)
    {
        await using var host = await TestHost.StartAsync(Endpoints.Map, new Dictionary<string, string?>
        {
            ["Hosting:KnownProxies:0"] = "127.0.0.1",
            ["Hosting:AllowHttp"] = allowed ? "true" : "false",
        });
        using var request = new HttpRequestMessage(HttpMethod.Get, path)
        {
            Headers = { { "X-Forwarded-For", "203.0.113.7" }, { "X-Forwarded-Proto", scheme } },
        };
        using var response = await host.SendAsync(request);

        Assert.Equal(status, (int)response.StatusCode);
    }

    private Task<HttpResponseMessage> PostJsonAsync(string json) =>
        _host.Client.PostAsync("/json", new StringContent(json, Encoding.UTF8, "application/json"), Stop);

    private Task<HttpResponseMessage> PostFormAsync(string path, string form) => _host.Client.PostAsync(
        path, new StringContent(form, Encoding.UTF8, new MediaTypeHeaderValue("application/x-www-form-urlencoded")), Stop);

    private static async Task<JsonElement> AssertCodeAsync(HttpResponseMessage response, string code)
    {
        var body = await TestHost.JsonOf(response);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(code, body.GetProperty("error_code").GetString());
        return body;
    }
}
