using System.Text;
using BenchmarkDotNet.Attributes;
using Dashboard.Core.Audit;
using Dashboard.Core.Keys;
using Dashboard.Core.Tokens;
using Dashboard.Core.Tokens.Issuing;
using Dashboard.Core.Tokens.Validation;

namespace Dashboard.Benchmarks.Tokens;

/// <summary>
/// Claims to defend: a token seen before is judged without its signature (far below one raw verification), a new one
/// costs little more than that verification, and issuing waits for the disk but not for anything else.
/// </summary>
[MemoryDiagnoser]
public class TokenBenchmarks
{
    private const int Batch = 256;

    private readonly string _folder = Directory.CreateTempSubdirectory("signet-bench-").FullName;
    private readonly ValidationContext _context = new();
    private readonly TokenRequest _request = new() { Kind = TokenKind.Minted, Subject = "bench", Scopes = ["read"], Who = Actor.Signet };
    private BenchCore _core = null!;
    private TokenValidator _validator = null!;
    private TokenIssuer _issuer = null!;
    private SigningKey _key = null!;
    private string _token = null!;
    private byte[] _input = null!;
    private byte[] _signature = null!;

    [Params(KeyAlgorithm.RS256, KeyAlgorithm.ES256)]
    public KeyAlgorithm Algorithm { get; set; }

    // Synchronous, because the in-process runner does not wait for a task.
    [GlobalSetup]
    public void Setup() => SetUpAsync().GetAwaiter().GetResult();

    [GlobalCleanup]
    public void Cleanup()
    {
        _core.DisposeAsync().AsTask().GetAwaiter().GetResult();
        Directory.Delete(_folder, recursive: true);
    }

    [Benchmark(Baseline = true)]
    public bool VerifySignatureOnly() => _key.Material.Verify(_input, _signature);

    [Benchmark]
    public ValueTask<TokenVerdict> ValidateSeenBefore() => _validator.ValidateAsync(_token, _context, CancellationToken.None);

    [Benchmark]
    public byte[] SignOnly() => _key.Material.Sign(_input);

    /// <summary>Issued side by side, as requests come: the group shares its commits.</summary>
    [Benchmark(OperationsPerInvoke = Batch)]
    public Task IssueDurably() => Task.WhenAll(Enumerable.Range(0, Batch).Select(_ => Task.Run(IssueAsync)));

    private async Task SetUpAsync()
    {
        _core = await BenchCore.StartAsync(Path.Combine(_folder, Algorithm.ToString()), Algorithm);
        _validator = _core.Get<TokenValidator>();
        _issuer = _core.Get<TokenIssuer>();
        _key = _core.Get<KeyRing>().Current;
        _token = await IssueAsync();
        _input = Encoding.ASCII.GetBytes(_token[.._token.LastIndexOf('.')]);
        _signature = _key.Material.Sign(_input);
    }

    private async Task<string> IssueAsync() =>
        ((TokenIssueOutcome.Issued)await _issuer.IssueAsync(_request, CancellationToken.None)).Token;
}
