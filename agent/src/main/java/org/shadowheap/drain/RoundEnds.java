package org.shadowheap.drain;

/** Hears of each end of a round, after the sink did. The drain's thread calls. */
public interface RoundEnds {

    /** Nobody hears. */
    RoundEnds UNHEARD = new RoundEnds() {
        @Override
        public void roundEnded(Positions positions) {}

        @Override
        public void endsAt(long stamp) {}
    };

    /** A round has ended, and the sink has all that came before these positions. */
    void roundEnded(Positions positions);

    /** What is stamped later than this will not be delivered: the recording has ended. */
    void endsAt(long stamp);
}
