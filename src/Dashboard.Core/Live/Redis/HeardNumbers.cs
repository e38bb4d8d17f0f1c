namespace Dashboard.Core.Live.Redis;

/// <summary>Notices from the numbers of messages that some never arrived.</summary>
internal sealed class HeardNumbers
{
    private readonly Lock _gate = new();
    private long? _newest;
    private long _givenOutBefore;

    /// <summary>Takes the number of a message that arrived; true where one before it is missing.</summary>
    public bool Take(long number)
    {
        lock (_gate)
        {
            var isMissing = number > _newest + 1;
            _newest = Math.Max(_newest ?? number, number);
            return isMissing;
        }
    }

    /// <summary>
    /// Compares with the number that was given out last. True where messages are missing: one that had been given out at
    /// the call before has still not arrived, or the server went back to an earlier number and lost what it had.
    /// </summary>
    public bool Compare(long givenOut)
    {
        lock (_gate)
        {
            var isMissing = _newest < _givenOutBefore || givenOut < _newest;
            if (_newest is null || isMissing)
            {
                _newest = givenOut;
            }

            _givenOutBefore = givenOut;
            return isMissing;
        }
    }
}
