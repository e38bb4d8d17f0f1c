using System.Reflection;
using Dashboard.Core.Audit;

namespace Dashboard.Tests.Unit.Audit.Pages;

/// <summary>A log that answers as ever, but for one reading of how far it reaches, which a test ends when and as it likes.</summary>
public class HeldAuditStore : DispatchProxy
{
    private IAuditStore _inner = null!;
    private TaskCompletionSource<AuditHead>? _held;

    public static (IAuditStore Store, HeldAuditStore Hold) Around(IAuditStore inner)
    {
        var store = Create<IAuditStore, HeldAuditStore>();
        var hold = (HeldAuditStore)(object)store;
        hold._inner = inner;
        return (store, hold);
    }

    /// <summary>Holds the next reading.</summary>
    public TaskCompletionSource<AuditHead> HoldNext() => _held = new();

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (targetMethod!.Name is nameof(IAuditStore.ReadHeadAsync) && Interlocked.Exchange(ref _held, null) is { } held)
        {
            return held.Task;
        }

        return targetMethod.Invoke(_inner, args);
    }
}
